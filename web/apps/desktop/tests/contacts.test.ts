import { describe, expect, it } from 'vitest'
import { birthday, blankContact, bodyOf, changesOf, isBlankBirthday, mergedValues, valuesOf } from '@/pages/contacts/contactForm'
import { changeText } from '@/changes'

const contact = {
  id: 'c1', version: 3, customer: { id: 'k1', name: '云岫智能' }, name: '周启明', gender: null, language: null, title: '采购总监', department_name: null, role: 'decision_maker',
  phones: [], email: null, wechat: 'zhouqm', birthday: { calendar: 'lunar', month: 4, day: 8, leap: true, year: null }, is_primary: true, remark: null,
} as unknown as Parameters<typeof valuesOf>[0]
const blank = { calendar: 'solar', year: '', month: null, day: null, leap: false } as const

describe('the form of a contact', () => {
  it('gives back what it was given', () => {
    expect(bodyOf(valuesOf(contact))).toEqual({
      customer_id: 'k1', name: '周启明', gender: null, language: null, title: '采购总监', department_name: null, role: 'decision_maker', phones: [], email: null,
      wechat: 'zhouqm', birthday: { calendar: 'lunar', month: 4, day: 8, leap: true, year: null }, is_primary: true, remark: null,
    })
  })

  it('leaves out empty lines and empty text', () => {
    const values = { ...blankContact({ id: 'k1', name: '云岫' }), name: ' 林晚 ', title: '  ', phones: [{ number: '', label: null }, { number: ' 138 0000 1111 ', label: '手机' }] }
    expect(bodyOf(values)).toMatchObject({ customer_id: 'k1', name: '林晚', title: null, phones: [{ number: '138 0000 1111', label: '手机' }], birthday: null })
  })

  it('sends only what was changed', () => {
    const before = valuesOf(contact)
    expect(changesOf({ ...before, title: '总经理', wechat: ' zhouqm ' }, before)).toEqual({ title: '总经理' })
    expect(changesOf({ ...before, birthday: { ...blank } }, before)).toEqual({ birthday: null })
  })

  it('drops the leap month with the lunar calendar', () => {
    const values = { ...valuesOf(contact), birthday: { calendar: 'solar' as const, year: '1985', month: 4, day: 8, leap: true } }
    expect(bodyOf(values).birthday).toEqual({ calendar: 'solar', month: 4, day: 8, leap: false, year: 1985 })
  })

  it('keeps, after a conflict, what was chosen and what only one side changed', () => {
    const before = valuesOf(contact)
    const mine = { ...before, title: '总经理', remark: '下周回访', customer_id: 'k2' }
    const theirs = { ...before, title: '副总', email: 'zhou@yunxiu.cn' }
    expect(mergedValues(mine, before, theirs, { title: 'theirs', customer: 'theirs' })).toEqual({ ...theirs, remark: '下周回访' })
    expect(mergedValues(mine, before, theirs, { title: 'mine' })).toEqual({ ...theirs, title: '总经理', remark: '下周回访', customer_id: 'k2' })
  })
})

describe('a birthday being typed', () => {
  it('may be missing, but not half', () => {
    expect([isBlankBirthday(blank), birthday(blank, {})]).toEqual([true, null])
    expect(birthday({ ...blank, month: 3 }, {})).toBe('月和日都要选')
    expect(birthday({ ...blank, year: '1985' }, {})).toBe('月和日都要选')
    expect(birthday({ ...blank, month: 3, day: 12 }, {})).toBeNull()
  })

  it.each(['1899', '2999', '19.5', 'abcd'])('refuses the year %s', (year) => {
    expect(birthday({ ...blank, month: 3, day: 12, year }, {})).toBe(`年份应在 1900 到 ${new Date().getFullYear()} 之间`)
  })
})

describe('the timeline of a contact', () => {
  it('tells birthdays and relationships in words', () => {
    expect(changeText('birthday', { calendar: 'lunar', month: 4, day: 8, leap: true, year: null })).toBe('农历闰四月初八')
    expect(changeText('relationship', { kind: 'superior', contact: { id: 'c2', name: '韩松' } })).toBe('韩松 · 上级')
  })
})
