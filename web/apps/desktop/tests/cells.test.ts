import { describe, expect, it } from 'vitest'
import { comparable, type OwnField, type RecordKind } from '@guanxi/domain'
import { changeOf, openColumns, type CellKind, type CellRow, type CellValues } from '@/components/list/cells'
import { cellAfter } from '@/components/list/cellWalk'

const own = (name: string, kind: OwnField['kind'], more: Partial<OwnField> = {}): OwnField => ({ name, built_in: false, label: name, help: null, kind, settings: {}, rules: {}, default: null, required: false, unique: false, read_only: false, compared: 'text', ...more })
const OWN = [own('c_text', 'text'), own('c_long', 'long_text'), own('c_sum', 'formula'), own('c_fixed', 'number', { writable: false }), own('c_when', 'choice', { rules: { read_only: { field: 'stage', op: 'eq', value: 'deal' } } })]
const kind: RecordKind = {
  entity: 'customer', layout_version: 1, filters: [], sorts: [],
  sections: [{ title: null, fields: ['stage', 'tier', ...OWN.map(({ name }) => name)] }],
  fields: [{ name: 'stage', built_in: true, essential: false, compared: 'choice' }, { name: 'tier', built_in: true, essential: false, writable: false }, ...OWN],
}
type Row = CellRow & { stage: string }
const cells = { fields: { stage: 'stage', tier: 'tier', hidden: 'hidden' } } as unknown as CellKind<Row, CellValues>
const row = (stage: string, editable = true): Row => ({ id: '1', name: '云岫', version: 1, editable, custom: {}, stage })
const open = (one: Row): string[] => [...openColumns(one, kind, cells, () => ({ stage: one.stage }), comparable(kind))]

describe('the cells of a list', () => {
  it('open where the form would let one write, and nowhere else', () => {
    expect(open(row('potential'))).toEqual(['stage', 'c_text', 'c_when'])
    expect(open(row('deal'))).toEqual(['stage', 'c_text'])
    expect(open(row('potential', false))).toEqual([])
  })

  it('send their own field alone', () => {
    const changes = { stage: 'deal', tier: null, custom: { c_text: 'a', c_when: 'b' } }
    expect(changeOf(changes, 'stage')).toEqual({ stage: 'deal' })
    expect(changeOf(changes, 'tier')).toEqual({ tier: null })
    expect(changeOf(changes, 'custom.c_text')).toEqual({ custom: { c_text: 'a' } })
    expect(changeOf(changes, 'custom.c_sum')).toBeNull()
    expect(changeOf({}, 'custom.c_text')).toBeNull()
  })

  it('follow each other row by row', () => {
    document.body.innerHTML = '<table><tbody><tr data-row="1"><td data-cell="a"></td><td></td><td data-cell="b"></td></tr><tr data-row="2"><td data-cell="b"></td></tr></tbody></table>'
    const table = document.querySelector('table')
    expect(cellAfter(table, { id: '1', key: 'a' }, 1)).toEqual({ id: '1', key: 'b' })
    expect(cellAfter(table, { id: '1', key: 'b' }, 1)).toEqual({ id: '2', key: 'b' })
    expect(cellAfter(table, { id: '2', key: 'b' }, 1)).toBeNull()
    expect(cellAfter(table, { id: '1', key: 'a' }, -1)).toBeNull()
  })
})
