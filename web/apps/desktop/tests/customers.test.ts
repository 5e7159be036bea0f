import { describe, expect, it } from 'vitest'
import { blankCustomer, bodyOf, changesOf, customerRules, valuesOf } from '@/pages/customers/customerForm'
import type { CustomerDetail } from '@guanxi/client'

describe('a customer form', () => {
  it('sends a number for which nobody chose a label, and none where none was typed', () => {
    const typed = { ...blankCustomer(null), phones: [{ number: ' 13800001234 ', label: null }, { number: '', label: null }] }
    expect(bodyOf(typed).phones).toEqual([{ number: '13800001234', label: '' }])
  })

  it('finds no change in numbers as they were read', () => {
    const customer = { ...blankCustomer(null), custom: {}, phones: [{ number: '+8613800001234', label: '' }] } as unknown as CustomerDetail
    const before = valuesOf(customer)
    expect(before.phones[0]?.label).toBeNull()
    expect(changesOf(before, valuesOf(customer))).toEqual({})
  })

  it('takes a founding day, none, and not half of one', () => {
    expect(['', '03-08', '03-', '-08'].map((day) => customerRules.founding_day?.(day, {}))).toEqual([null, null, '月和日都要选', '月和日都要选'])
    expect(bodyOf({ ...blankCustomer(null), founding_day: '02-29' }).founding_day).toBe('02-29')
    expect(bodyOf(blankCustomer(null)).founding_day).toBeNull()
  })
})
