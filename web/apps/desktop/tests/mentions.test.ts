import { describe, expect, it } from 'vitest'
import { decoded, encoded, mentionAt, nameFor, pieces } from '@/pages/comments/mentions'

const LI = { id: '0191a000-0000-7000-8000-000000000001', name: '李雷' }
const LI_TOO = { id: '0191a000-0000-7000-8000-000000000002', name: '李雷雷' }

describe('mentions', () => {
  it('are offered while a name is typed behind the sign', () => {
    expect(mentionAt('请 @李', 4)).toEqual({ start: 2, query: '李' })
    expect(mentionAt('请@', 2)).toEqual({ start: 1, query: '' })
    expect(mentionAt('@li', 3)).toEqual({ start: 0, query: 'li' })
  })

  it('are not offered inside an address or behind a space', () => {
    expect(mentionAt('li@example', 10)).toBeNull()
    expect(mentionAt('@李雷 看', 5)).toBeNull()
    expect(mentionAt('没有', 2)).toBeNull()
  })

  it('are sent as ids, the longest name first', () => {
    expect(encoded({ text: ' @李雷雷 和 @李雷 看看 ', people: [LI, LI_TOO] })).toBe(`@{${LI_TOO.id}} 和 @{${LI.id}} 看看`)
  })

  it('are sent as text when nobody was picked', () => {
    expect(encoded({ text: '@李雷 看看', people: [] })).toBe('@李雷 看看')
  })

  it('come back as they were typed', () => {
    const words = decoded(`@{${LI.id}} 看看`, [LI])
    expect(words.text).toBe('@李雷 看看')
    expect(encoded(words)).toBe(`@{${LI.id}} 看看`)
  })

  it('are cut out of the text for showing', () => {
    expect(pieces(`请 @{${LI.id}} 看`, [LI])).toEqual([
      { text: '请 ', person: null },
      { text: '@李雷', person: LI },
      { text: ' 看', person: null },
    ])
  })

  it('tell two of the same name apart', () => {
    expect(nameFor({ ...LI_TOO, name: '李雷', department_name: '华东' }, [LI])).toBe('李雷·华东')
    expect(nameFor(LI, [LI])).toBe('李雷')
  })
})
