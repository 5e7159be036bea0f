import { describe, expect, it } from 'vitest'
import { placeOfField, withFieldAt, withFieldNudged, withoutSection, withSectionNudged, type LayoutSection } from '../src'

const layout: LayoutSection[] = [
  { title: null, fields: ['a', 'b'] },
  { title: '设备', fields: ['c'] },
]
const names = (sections: LayoutSection[]): string => sections.map(({ fields }) => fields.join('')).join('|')

describe('a layout', () => {
  it('knows where a field stands', () => {
    expect([placeOfField(layout, 'b'), placeOfField(layout, 'x')]).toEqual([{ section: 0, index: 1 }, null])
  })

  it('puts a field where it was dropped', () => {
    expect(names(withFieldAt(layout, 'a', { section: 1, index: 0 }))).toBe('b|ac')
    expect(names(withFieldAt(layout, 'a', { section: 0, index: 1 }))).toBe('ba|c')
  })

  it('moves a field step by step, across the border of its section', () => {
    expect(names(withFieldNudged(layout, 'a', 1))).toBe('ba|c')
    expect(names(withFieldNudged(layout, 'b', 1))).toBe('a|bc')
    expect(names(withFieldNudged(layout, 'c', -1))).toBe('abc|')
    expect(names(withFieldNudged(layout, 'a', -1))).toBe('ab|c')
    expect(names(withFieldNudged(layout, 'c', 1))).toBe('ab|c')
  })

  it('moves and removes sections without losing a field', () => {
    expect(names(withSectionNudged(layout, 0, 1))).toBe('c|ab')
    expect(names(withSectionNudged(layout, 0, -1))).toBe('ab|c')
    expect(withoutSection(layout, 1)).toEqual([{ title: null, fields: ['a', 'b', 'c'] }])
    expect(withoutSection(layout, 0)).toEqual([{ title: '设备', fields: ['a', 'b', 'c'] }])
    expect(withoutSection([{ title: null, fields: ['a'] }], 0)).toEqual([{ title: null, fields: ['a'] }])
  })
})
