import { describe, expect, it } from 'vitest'
import type { OwnField } from '@guanxi/domain'
import { changedCustom, draftOf, wireOf } from '@guanxi/domain'
import { ownColumns, ownSorts, readableColumns, readableFilters } from '@/components/list/ownListing'
import { comparisons } from '@/components/filters/conditionFields'
import { fieldFault, mergedDrafts, ownRules, writableOnly } from '@/components/fields/ownFields'
import { editableFields } from '@/pages/bulk/editable'
import { blankField, blankOption, bodyOf, changesOf, settingsOf } from '@/pages/settings/fields/fieldForm'
import { inStep } from '@/pages/settings/fields/useLayout'

const count: OwnField = { name: 'c_n', built_in: false, label: '数量', help: null, kind: 'number', settings: { min: 1, decimals: 1 }, rules: {}, default: null, required: true, unique: false, read_only: false, compared: 'number' }

describe('the own fields of a form', () => {
  it('say what is wrong before anything is sent', () => {
    expect(['三', '2.55', '0', '2.5', ''].map((typed) => fieldFault(count, typed))).toEqual(['应为数字', '最多 1 位小数', '不能小于 1', null, null])
  })

  it('must be filled in on new records; what has long been missing stops nothing', () => {
    const rule = (before: Record<string, string> | null) => ownRules({ fields: [count], known: new Set(), before, facts: () => ({}) })['custom.c_n']
    expect([rule(null)?.('', {}), rule({ c_n: '' })?.('', {}), rule({ c_n: '3' })?.('', {})]).toEqual(['填写数量', null, '填写数量'])
  })

  it('are, after a conflict, theirs, and of ours what was changed and chosen', () => {
    expect(mergedDrafts([count], { c_n: '5' }, { c_n: '3' }, { c_n: '4' }, {})).toEqual({ c_n: '5' })
    expect(mergedDrafts([count], { c_n: '5' }, { c_n: '3' }, { c_n: '4' }, { 'custom.c_n': 'theirs' })).toEqual({ c_n: '4' })
  })

  it('are edited for many records at once if many can have the same', () => {
    const others = [{ ...count, name: 'c_u', unique: true }, { ...count, name: 'c_f', kind: 'file' as const }, { ...count, name: 'c_x', kind: 'formula' as const }]
    const kind = { entity: 'task' as const, layout_version: 1, sections: [{ title: null, fields: ['c_n', 'c_u', 'c_f', 'c_x'] }], fields: [count, ...others], filters: [], sorts: [] }
    expect(editableFields('task', kind).map(({ name }) => name)).toEqual(['c_n'])
  })

  it('sort a list where the server says they can', () => {
    const kind = { entity: 'customer' as const, layout_version: 1, sections: [{ title: null, fields: ['c_n', 'c_m'] }], fields: [count, { ...count, name: 'c_m' }], filters: [], sorts: ['name', 'c_n', '-c_n'] }
    expect(ownColumns(kind).map(({ key, sort }) => [key, sort])).toEqual([['c_n', 'c_n'], ['c_m', undefined]])
    expect(ownSorts(kind)).toEqual([{ value: 'c_n', label: '数量升序' }, { value: '-c_n', label: '数量降序' }])
  })

  it('go without built-in ones that one may not write', () => {
    const fields = [{ name: 'name', built_in: true as const, essential: true }, { name: 'tier', built_in: true as const, essential: false, writable: false }]
    const kind = { entity: 'customer' as const, layout_version: 1, sections: [], fields, filters: [], sorts: [] }
    expect(writableOnly(kind, { name: '云岫', tier: 'gold', hidden: 1, custom: {}, owner_id: 'u1' }, ['owner_id'])).toEqual({ name: '云岫', custom: {}, owner_id: 'u1' })
  })
})

describe('defining a field', () => {
  it('sends what its kind asks for, and nothing else', () => {
    expect(settingsOf({ ...blankField('number'), settings: { ...blankField('number').settings, min: '1', max: '', unit: ' 台 ' } })).toEqual({ decimals: 0, min: 1, unit: '台' })
    const choice = { ...blankField('choice'), label: ' 周期 ' }
    choice.settings.options = [{ ...blankOption('长'), value: 'o1', color: 'red' as const }, { ...blankOption(' 短 '), under: ['x'] }]
    expect(bodyOf(choice)).toMatchObject({ label: '周期', help: null, settings: { options: [{ value: 'o1', label: '长', color: 'red' }, { label: '短' }] }, filterable: true, unique: false })
  })

  it('sends only what was changed', () => {
    const before = blankField('text')
    expect(changesOf({ ...before, label: '型号', unique: true }, before)).toEqual({ label: '型号', unique: true })
  })
})

describe('a layout being rearranged', () => {
  it('takes in what came meanwhile and lets go of what went', () => {
    const draft = [{ title: null, fields: ['b', 'gone'] }, { title: '设备', fields: ['a'] }]
    expect(inStep(draft, [{ title: null, fields: ['a', 'b', 'new'] }])).toEqual([{ title: null, fields: ['b'] }, { title: '设备', fields: ['a', 'new'] }])
  })
})

describe('a condition being built', () => {
  it('offers the ways to compare that the field knows, empty in two halves', () => {
    const field = { name: 'due', label: '到期日', kind: 'date', ops: ['gte', 'empty'], choices: [] }
    expect(comparisons(field).map(({ key, word }) => [key, word])).toEqual([['gte', 'since'], ['empty', 'empty'], ['filled', 'filled']])
  })
})

describe('the own files of a form', () => {
  const photos: OwnField = { ...count, name: 'c_photos', kind: 'file', settings: { most: 2 }, required: false }
  const file = { id: 'f1', name: '一.png', kind: 'picture' as const, media_type: 'image/png', size: 3, has_thumbnail: true }

  it('stand in it with their names, and are sent by their ids', () => {
    const draft = draftOf(photos, [file])
    expect([draft, wireOf(photos, draft), wireOf(photos, draftOf(photos, null))]).toEqual([[file], ['f1'], null])
    expect(changedCustom([photos], { c_photos: [] }, { c_photos: [file] })).toEqual({ c_photos: null })
  })
})

describe('a list for somebody who may not read every field', () => {
  const fields = [{ name: 'name', built_in: true as const, essential: true }, { name: 'tier', built_in: true as const, essential: false }]
  const kind = { entity: 'customer' as const, layout_version: 1, sections: [], fields, filters: [{ name: 'tier', kind: 'choice', ops: [], choices: [] }], sorts: [] }

  it('has neither empty columns nor filters that are refused', () => {
    const columns = ['name', 'tier', 'phone', 'owner', 'revenue', 'updated_at'].map((key) => ({ key, label: key }))
    expect(readableColumns(kind, columns).map(({ key }) => key)).toEqual(['name', 'tier', 'owner', 'updated_at'])
    expect(readableColumns(null, columns)).toEqual(columns)
    const filters = ['tier', 'industry'].map((name) => ({ name, label: name, kind: 'text' as const }))
    expect(readableFilters(kind, filters).map(({ name }) => name)).toEqual(['tier'])
  })
})
