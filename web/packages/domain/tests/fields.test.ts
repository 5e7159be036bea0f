import { describe, expect, it } from 'vitest'
import { changedCustom, comparable, defaultDraft, draftOf, draftsOf, factsOf, fieldState, freshDrafts, openOptions, ownFields, wireOf, type FieldKind, type OwnField, type RecordKind } from '../src'

function field(name: string, kind: FieldKind, more: Partial<OwnField> = {}): OwnField {
  return { name, built_in: false, label: name, help: null, kind, settings: {}, rules: {}, default: null, required: false, unique: false, read_only: false, compared: null, ...more }
}
const filler = { me: 'u1', timeZone: 'Asia/Shanghai', now: new Date('2026-03-18T20:00:00Z') }

describe('what stands in a form', () => {
  it.each<[FieldKind, unknown, unknown]>([
    ['text', '注塑机', '注塑机'],
    ['number', 12.5, '12.5'],
    ['money', { amount: 100, currency: 'CNY' }, { amount: 100, currency: 'CNY' }],
    ['choice', 'o1', 'o1'],
    ['multi_choice', ['o1', 'o2'], ['o1', 'o2']],
    ['yes_no', false, false],
    ['user', { id: 'u1', name: '林知夏' }, 'u1'],
    ['record', { id: 'k1', name: '云岫' }, 'k1'],
    ['date', '2026-03-18', '2026-03-18'],
  ])('of %s comes from the record and goes back', (kind, value, draft) => {
    const own = field('c_x', kind)
    expect(draftOf(own, value)).toEqual(draft)
    const sent = typeof value === 'object' && value !== null && 'id' in value ? (value as { id: string }).id : value
    expect(wireOf(own, draftOf(own, value))).toEqual(sent)
    expect(wireOf(own, draftOf(own, null))).toBeNull()
  })

  it('reads numbers as they are typed, and leaves what is none to the server', () => {
    const own = field('c_n', 'number')
    expect([wireOf(own, ' １,２００ '), wireOf(own, '-3.5'), wireOf(own, '三百'), wireOf(own, ' ')]).toEqual([1200, -3.5, '三百', null])
  })

  it('starts with the default', () => {
    expect(defaultDraft(field('c', 'user', { default: 'me' }), filler)).toBe('u1')
    // In Shanghai it is the next day already.
    expect(defaultDraft(field('c', 'date', { default: 'today' }), filler)).toBe('2026-03-19')
    expect(defaultDraft(field('c', 'number', { default: 3 }), filler)).toBe('3')
    expect(defaultDraft(field('c', 'multi_choice'), filler)).toEqual([])
  })

  it('sends only what differs, null for what was emptied, never a formula', () => {
    const own = [field('c_a', 'text', { default: '甲' }), field('c_b', 'number'), field('c_f', 'formula'), field('c_m', 'multi_choice')]
    const before = draftsOf(own, { c_a: '甲', c_b: 3, c_f: 9 })
    expect(changedCustom(own, { ...before, c_a: ' 甲 ', c_b: '3.0' }, before)).toEqual({})
    expect(changedCustom(own, { ...before, c_a: '', c_b: '4', c_f: '1', c_m: ['o1'] }, before)).toEqual({ c_a: null, c_b: 4, c_m: ['o1'] })
    const fresh = freshDrafts(own, filler)
    expect(changedCustom(own, { ...fresh, c_b: '1' }, fresh)).toEqual({ c_b: 1 })
  })
})

describe('a field on a form', () => {
  const leader = field('c_vip', 'yes_no', { compared: 'yes' })
  const led = field('c_gift', 'text', {
    rules: { visible: { field: 'stage', op: 'eq', value: 'deal' }, required: { field: 'c_vip', value: true }, read_only: { field: 'c_gone', value: 1 } },
  })
  const kind: RecordKind = {
    entity: 'customer', layout_version: 1, filters: [], sorts: [],
    sections: [{ title: null, fields: ['name', 'c_gift'] }, { title: '其他', fields: ['stage', 'c_vip'] }],
    fields: [{ name: 'name', built_in: true, essential: true, compared: null }, { name: 'stage', built_in: true, essential: false, compared: 'choice' }, leader, led],
  }

  it('stands in the order of the layout', () => {
    expect(ownFields(kind).map(({ name }) => name)).toEqual(['c_gift', 'c_vip'])
    expect(ownFields(null)).toEqual([])
  })

  it('is shown, required and read-only as its conditions say of what the form holds', () => {
    const at = (stage: string, vip: boolean | null) => fieldState(led, comparable(kind), factsOf([leader, led], { stage }, { c_vip: vip, c_gift: '' }))
    expect(at('deal', true)).toEqual({ visible: true, required: true, readOnly: false })
    expect(at('deal', null)).toEqual({ visible: true, required: false, readOnly: false })
    expect(at('lost', true)).toEqual({ visible: false, required: true, readOnly: false })
  })

  it('never asks for a formula', () => {
    expect(fieldState(field('c_f', 'formula', { required: true }), new Set(), {})).toEqual({ visible: true, required: false, readOnly: true })
  })

  it('offers the choices under what the leading field says; a chosen one stays', () => {
    const settings = {
      depends_on: 'industry',
      options: [
        { value: 'o1', label: '注塑机', under: ['plastics'] },
        { value: 'o2', label: '冲床', under: ['metal'] },
        { value: 'o3', label: '其他' },
        { value: 'o4', label: '旧型号', retired: true },
      ],
    }
    const open = (facts: Record<string, unknown>, chosen: string[] = []) => openOptions(settings, facts, chosen).map(({ value }) => value)
    expect(open({ industry: 'metal' })).toEqual(['o2', 'o3'])
    expect(open({ industry: null })).toEqual(['o3'])
    expect(open({ industry: 'metal' }, ['o4', 'o1'])).toEqual(['o1', 'o2', 'o3', 'o4'])
  })
})
