import type { FormBrief } from '@guanxi/client'
import type { ConditionTree, FieldSettings, FormColumn, FormField } from '@guanxi/domain'
import { tEnum } from '@/i18n'

export type TemplateName = 'leave' | 'trip' | 'purchase' | 'seal'
interface Template {
  name: TemplateName
  icon: FormBrief['icon']
  category: 'people' | 'office'
  /** The fields to begin with, in the reader's language. */
  fields: () => FormField[]
}

const said = (word: string): string => tEnum('forms.word', word)
const field = (name: string, kind: FormField['kind'], more: Partial<FormField> = {}): FormField => ({ key: `f_${name}`, kind, label: said(name), required: true, settings: {}, ...more })
const column = (name: string, kind: FormColumn['kind'], more: Partial<FormColumn> = {}): FormColumn => ({ key: `c_${name}`, kind, label: said(name), settings: {}, ...more })
const options = (...words: string[]): FieldSettings => ({ options: words.map((value) => ({ value, label: said(value) })) })
const is = (name: string, value: string): ConditionTree => ({ and: [{ field: `f_${name}`, op: 'in', value: [value] }] })

export const TEMPLATES: readonly Template[] = [
  {
    name: 'leave', icon: 'calendar', category: 'people',
    fields: () => [
      field('leavetype', 'choice', { settings: options('annual', 'personal', 'sick', 'marriage', 'maternity', 'other') }),
      field('leavespan', 'date_range'),
      field('reason', 'long_text'),
      field('proof', 'file', { settings: { most: 5 }, visible: is('leavetype', 'sick'), help: said('proofhelp') }),
      field('standin', 'user', { required: false }),
    ],
  },
  {
    name: 'trip', icon: 'plane', category: 'people',
    fields: () => [
      field('purpose', 'text'),
      field('customer', 'customer', { required: false }),
      field('tripspan', 'date_range'),
      field('route', 'table', { columns: [column('from', 'text', { required: true }), column('to', 'text', { required: true }), column('day', 'date'), column('cost', 'money', { settings: { currency: 'CNY' }, summed: true })] }),
      field('vehicle', 'multi_choice', { settings: options('train', 'plane', 'car'), required: false }),
    ],
  },
  {
    name: 'purchase', icon: 'cart', category: 'office',
    fields: () => [
      field('purpose', 'text'),
      field('needed', 'date', { required: false }),
      field('goods', 'table', { columns: [column('what', 'text', { required: true }), column('price', 'money', { required: true, settings: { currency: 'CNY' } }), column('count', 'number', { required: true, settings: { decimals: 0 } }), column('total', 'formula', { summed: true, settings: { expression: '{c_price} * {c_count}', result: 'number', decimals: 2, unit: said('yuan') } })] }),
      field('files', 'file', { required: false, settings: { most: 10 } }),
    ],
  },
  {
    name: 'seal', icon: 'stamp', category: 'office',
    fields: () => [
      field('sealtype', 'choice', { settings: options('official', 'contract', 'finance', 'legal') }),
      field('document', 'text'),
      field('copies', 'number', { half: true, settings: { decimals: 0, min: 1, unit: said('sheets') } }),
      field('sealday', 'date', { half: true }),
      field('out', 'choice', { settings: options('no', 'yes') }),
      field('outspan', 'date_range', { visible: is('out', 'yes') }),
      field('files', 'file', { settings: { most: 10 } }),
    ],
  },
]
const BLANK: Template = { name: 'leave', icon: 'file', category: 'office', fields: () => [] }
export const templateNamed = (name: TemplateName): Template => TEMPLATES.find((one) => one.name === name) ?? BLANK
