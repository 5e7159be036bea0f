import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { changeText, fieldLabel } from '@/changes'

const ID = '01900000-0000-7000-8000-000000000001'

describe('changes in words', () => {
  beforeEach(() => setActivePinia(createPinia()))

  it('name fields, and leave unknown ones as they are', () => {
    expect(fieldLabel('stage')).toBe('阶段')
    expect(fieldLabel('brand_new')).toBe('brand_new')
    expect([fieldLabel('name', 'customer'), fieldLabel('name', 'contact')]).toEqual(['名称', '姓名'])
  })

  it.each([
    ['stage', 'deal', '已成交'],
    ['name', '云岫', '云岫'],
    ['annual_revenue', { amount: 128600000, currency: 'CNY' }, '¥1,286,000.00'],
    ['owner', { id: ID, name: '林知夏' }, '林知夏'],
    ['tags', ['重点', '华东'], '重点、华东'],
    ['phones', [{ number: '+8613800138000', label: null }], '138 0013 8000'],
    ['is_primary', true, '是'],
    ['deleted_at', '2026-03-18T07:00:00Z', '2026 年 3 月 18 日 15:00'],
    ['founding_day', '03-08', '3 月 8 日'],
    ['remark', null, ''],
    ['permissions', { 'customer:read': 'own' }, 'customer:read 本人'],
  ])('write %s', (field, value, text) => {
    expect(changeText(field, value)).toBe(text)
  })

  it('find the name behind an id, and never show the bare id', () => {
    expect(changeText('owner_id', ID, () => '陈屿')).toBe('陈屿')
    expect(changeText('owner_id', ID)).toBe('某位同事')
  })
})
