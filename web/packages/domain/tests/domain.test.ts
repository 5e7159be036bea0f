// @vitest-environment node
import { describe, expect, it } from 'vitest'
import {
  companyInitial,
  conditionsFrom,
  conditionsQuery,
  calendarDayText,
  dateText,
  daysUntil,
  departmentTree,
  filterParameter,
  flattened,
  isWithin,
  loginFault,
  mobileDigits,
  moneyText,
  parseMoney,
  passwordStrength,
  personInitial,
  shortMoneyText,
  startOfDay,
  startOfDayBefore,
  type Condition,
} from '../src'

const NOW = new Date('2026-03-18T10:00:00Z')
const zh = { locale: 'zh-CN', timeZone: 'Asia/Shanghai', now: NOW } as const
const en = { ...zh, locale: 'en' } as const

describe('calendarDayText', () => {
  it('tells today by the clock of the company, not by that of Greenwich', () => {
    const now = new Date('2026-11-22T20:41:00Z')
    expect(calendarDayText('2026-11-23', 'zh-CN', 'Asia/Shanghai', now)).toBe('今天')
    expect(calendarDayText('2026-11-22', 'zh-CN', 'Asia/Shanghai', now)).toBe('昨天')
    expect(calendarDayText('2026-11-23', 'zh-CN', 'UTC', now)).toBe('明天')
  })
})

describe('dateText', () => {
  it.each([
    ['2026-03-18T07:00:00Z', '今天 15:00', 'Today 15:00'],
    ['2026-03-17T08:20:00Z', '昨天 16:20', 'Yesterday 16:20'],
    ['2026-03-19T01:05:00Z', '明天 09:05', 'Tomorrow 09:05'],
    ['2026-03-20T01:00:00Z', '3 月 20 日', '20 Mar'],
    ['2025-09-23T01:00:00Z', '2025 年 9 月 23 日', '23 Sep 2025'],
  ])('tells %s as people say it', (iso, chinese, english) => {
    expect(dateText(iso, 'friendly', zh)).toBe(chinese)
    expect(dateText(iso, 'friendly', en)).toBe(english)
  })

  it('judges the day in the company’s zone, not in UTC', () => {
    expect(dateText('2026-03-17T16:30:00Z', 'friendly', zh)).toBe('今天 00:30')
    expect(dateText('2026-03-17T16:30:00Z', 'friendly', { ...zh, timeZone: 'America/New_York' })).toBe('昨天 12:30')
  })

  it('has an hour, no hour, or everything, as asked', () => {
    expect(dateText('2026-03-12T03:26:00Z', 'moment', zh)).toBe('3 月 12 日 11:26')
    expect(dateText('2026-03-18T03:26:00Z', 'day', zh)).toBe('今天')
    expect(dateText('2026-03-18T03:26:00Z', 'full', zh)).toBe('2026 年 3 月 18 日 11:26')
    expect(dateText('2026-03-18T03:26:00Z', 'clock', zh)).toBe('11:26')
  })

  it('finds midnight in zones with and without summer time', () => {
    expect(startOfDay('2026-03-18', 'Asia/Shanghai')).toBe('2026-03-17T16:00:00.000Z')
    expect(startOfDay('2026-07-01', 'America/New_York')).toBe('2026-07-01T04:00:00.000Z')
    expect(startOfDay('2026-01-01', 'America/New_York')).toBe('2026-01-01T05:00:00.000Z')
    expect(startOfDayBefore(30, 'Asia/Shanghai', NOW)).toBe('2026-02-15T16:00:00.000Z')
  })

  it('counts the days left, never below zero', () => {
    expect(daysUntil('2026-03-31T11:00:00Z', NOW)).toBe(14)
    expect(daysUntil('2026-03-01T00:00:00Z', NOW)).toBe(0)
  })
})

describe('money', () => {
  it('is written in full and in short', () => {
    expect(moneyText(48600000, 'CNY')).toBe('¥486,000.00')
    expect(moneyText(-500, 'CNY')).toBe('−¥5.00')
    expect(shortMoneyText(128600000, 'CNY', 'zh-CN')).toBe('¥128.6 万')
    expect(shortMoneyText(1286000000000, 'CNY', 'zh-CN')).toBe('¥128.6 亿')
    expect(shortMoneyText(128600000, 'CNY', 'en')).toBe('¥1.3M')
    expect(shortMoneyText(99900, 'CNY', 'zh-CN')).toBe('¥999.00')
  })

  it.each([
    ['486,000.5', 48600050],
    ['￥35万', 35000000],
    [' 1.2亿 ', 12000000000],
    ['', null],
    ['abc', Number.NaN],
    ['1.2.3', Number.NaN],
  ])('reads %j', (typed, amount) => {
    expect(parseMoney(typed, 'CNY')).toEqual(amount)
  })
})

describe('names', () => {
  it('finds the distinctive character of a company and the last of a person', () => {
    expect(companyInitial('杭州云岫智能装备有限公司')).toBe('云')
    expect(companyInitial('浙江省海岚供应链')).toBe('海')
    expect(companyInitial('acme Ltd')).toBe('A')
    expect(companyInitial('上海')).toBe('上')
    expect(personInitial('林知夏')).toBe('夏')
    expect(personInitial('Ada Lovelace')).toBe('A')
    expect(personInitial('')).toBe('')
  })
})

describe('sign-in names', () => {
  it.each([
    ['13800138000', null],
    ['+86 138 0013 8000', null],
    ['a@b.cn', null],
    ['', 'empty'],
    ['138001380', 'mobile-length'],
    ['a@b', 'email'],
    ['qin', 'neither'],
  ])('judges %j', (typed, fault) => {
    expect(loginFault(typed)).toBe(fault)
  })

  it('reads digits in whatever form', () => {
    expect(mobileDigits('+86-138 0013 8000')).toBe('13800138000')
    expect(mobileDigits('１３８００１３８０００')).toBe('13800138000')
    expect(mobileDigits('a1')).toBeNull()
  })

  it('rates passwords', () => {
    expect(passwordStrength('short')).toBe(0)
    expect(passwordStrength('password123')).toBe(1)
    expect(passwordStrength('chengchuan-2026', ['chengchuan'])).toBe(1)
    expect(passwordStrength('kv8rjq2mzp')).toBe(2)
    expect(passwordStrength('correct horse battery staple')).toBe(3)
  })
})

describe('filters', () => {
  const conditions: Condition[] = [
    { field: 'stage', op: 'in', value: ['deal', 'lost, maybe 100%'] },
    { field: 'name', op: 'contains', value: '云岫' },
    { field: 'created_at', op: 'within', value: '30d' },
    { field: 'owner_id', op: 'eq', value: 'u1' },
    { field: 'employees', op: 'gte', value: '200' },
    { field: 'region', op: 'empty', value: 'true' },
  ]
  const fields = new Set(conditions.map(({ field }) => field))

  it('come back from the address as they went', () => {
    expect(conditionsFrom(conditionsQuery(conditions), fields)).toEqual(conditions)
  })

  it('pass over what is not theirs', () => {
    expect(conditionsFrom({ q: 'x', cursor: 'c', 'stage.like': 'a', 'secret.eq': '1', 'stage.in': ['a', 'b'] }, fields)).toEqual([])
  })

  it('become the filter parameter of the API', () => {
    const encoding = { midnight: (day: string) => `${day}T00`, numbers: new Set(['employees']) }
    expect(JSON.parse(filterParameter(conditions, encoding) ?? '')).toEqual({
      and: [
        { field: 'stage', op: 'in', value: ['deal', 'lost, maybe 100%'] },
        { field: 'name', op: 'contains', value: '云岫' },
        { field: 'created_at', op: 'gte', value: '-30d' },
        { field: 'owner_id', op: 'eq', value: 'u1' },
        { field: 'employees', op: 'gte', value: 200 },
        { field: 'region', op: 'empty', value: true },
      ],
    })
    expect(filterParameter([], encoding)).toBeUndefined()
  })
})

describe('departments', () => {
  const flat = [
    { id: 'c', name: '华东', parent_id: 'b', sort_order: 0 },
    { id: 'a', name: '公司', parent_id: null, sort_order: 0 },
    { id: 'd', name: '市场', parent_id: 'a', sort_order: 2 },
    { id: 'b', name: '销售', parent_id: 'a', sort_order: 1 },
    { id: 'x', name: '孤儿', parent_id: 'gone', sort_order: 9 },
  ]

  it('stand as a tree in their order, orphans at the root', () => {
    expect(flattened(departmentTree(flat)).map(({ department, depth }) => [department.id, depth])).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 2],
      ['d', 1],
      ['x', 0],
    ])
  })

  it('know what lies within what', () => {
    expect(isWithin(flat, 'c', 'a')).toBe(true)
    expect(isWithin(flat, 'a', 'a')).toBe(true)
    expect(isWithin(flat, 'a', 'c')).toBe(false)
  })
})
