import { describe, expect, it } from 'vitest'
import { mount } from '@vue/test-utils'
import type { CareDate } from '@guanxi/client'
import DayOfYearInput from '@/components/form/DayOfYearInput.vue'
import { returning } from '@/pages/care/careForm'
import { starter } from '@/pages/care/starters'
import { sentence } from '@/pages/care/wording'

const Select = { name: 'ElSelect', emits: ['update:modelValue'], render: () => null }
const global = { components: { ElSelect: Select, ElOption: { render: () => null } } }
const chosen = (told: string, part: 0 | 1, value: number | undefined): unknown => {
  const input = mount(DayOfYearInput, { props: { modelValue: told, clear: '清除' }, global })
  input.findAllComponents(Select)[part]?.vm.$emit('update:modelValue', value)
  return input.emitted('update:modelValue')?.at(-1)?.[0]
}

describe('a day of the year', () => {
  it('is told by month and day, in either order', () => {
    expect([chosen('', 0, 3), chosen('03-', 1, 8), chosen('', 1, 8), chosen('-08', 0, 3)]).toEqual(['03-', '03-08', '-08', '03-08'])
  })

  it('may be 29 February, and drops a day that a month does not have', () => {
    expect([chosen('02-', 1, 29), chosen('01-29', 0, 2), chosen('01-31', 0, 2), chosen('03-31', 0, 4)]).toEqual(['02-29', '02-29', '02-', '04-'])
  })

  it('is taken back with one press', async () => {
    const input = mount(DayOfYearInput, { props: { modelValue: '03-08', clear: '清除司庆日' }, global })
    await input.get('button[aria-label="清除司庆日"]').trigger('click')
    expect(input.emitted('update:modelValue')).toEqual([['']])
    await input.setProps({ modelValue: '' })
    expect(input.find('button[aria-label="清除司庆日"]').exists()).toBe(false)
  })
})

describe('a rule for the founding day', () => {
  const date = (word: string, yearly: boolean, only_yearly = false): CareDate => ({ word, record: word.split('.')[0] ?? '', label: null, yearly, only_yearly })
  const dates = [date('customer.founding_day', true, true), date('customer.created_at', true), date('asset.warranty_until', false)]
  const on = (field: string, yearly: boolean): boolean | undefined => returning({ kind: 'date', field, yearly }, dates).yearly

  it('always comes round, others as is wished, and some never', () => {
    expect(on('customer.founding_day', false)).toBe(true)
    expect([on('customer.created_at', false), on('customer.created_at', true)]).toEqual([false, true])
    expect(on('asset.warranty_until', true)).toBe(false)
  })

  it('can be started from, and is said in words', () => {
    const rule = starter('anniversary')
    expect(rule.name).toBe('客户司庆祝福')
    expect(sentence({ ...rule, steps: (rule.steps ?? []).map((step) => ({ ...step, task: '送花篮' })) } as never, dates)).toBe('每年的客户司庆日：当天 09:00 安排任务“送花篮”。')
  })
})
