import type { Component } from 'vue'
import { AlignLeft, Building2, CalendarDays, CalendarRange, CircleDot, Hash, Info, ListChecks, Network, Paperclip, Sigma, Table2, Type, User, Wallet } from 'lucide-vue-next'
import type { ColumnKind, FormColumn, FormField, FormKind } from '@guanxi/domain'
import { t, tEnum } from '@/i18n'

export const KIND_ICONS: Record<FormKind, Component> = {
  text: Type, long_text: AlignLeft, number: Hash, money: Wallet, date: CalendarDays, date_range: CalendarRange, choice: CircleDot, multi_choice: ListChecks, user: User, department: Network, customer: Building2, file: Paperclip, table: Table2, formula: Sigma, note: Info,
}
/** The palette, in groups. */
export const PALETTE: { label: 'plain' | 'picked' | 'special'; kinds: FormKind[] }[] = [
  { label: 'plain', kinds: ['text', 'long_text', 'number', 'money', 'date', 'date_range', 'choice', 'multi_choice'] },
  { label: 'picked', kinds: ['user', 'department', 'customer', 'file'] },
  { label: 'special', kinds: ['table', 'formula', 'note'] },
]

/** A name that only programs see, of which no other is the same. */
export function freshKey(prefix: 'f_' | 'c_' | 'o', taken: ReadonlySet<string>): string {
  for (;;) {
    const key = `${prefix}${Math.random().toString(36).slice(2, 9)}`
    if (!taken.has(key)) return key
  }
}

export const blankChoices = (): { value: string; label: string }[] => [1, 2].map((n) => ({ value: freshKey('o', new Set()), label: t('forms.optionNth', { n }) }))

function settingsOf(kind: FormKind | ColumnKind): FormField['settings'] {
  if (kind === 'choice' || kind === 'multi_choice') return { options: blankChoices() }
  if (kind === 'money') return { currency: 'CNY' }
  if (kind === 'number') return { decimals: 0 }
  if (kind === 'file') return { most: 5 }
  return kind === 'formula' ? { expression: '', result: 'number', decimals: 2 } : {}
}

/** A column that is new. */
export const blankColumn = (kind: ColumnKind, taken: ReadonlySet<string>): FormColumn => ({ key: freshKey('c_', taken), kind, label: tEnum('forms.kind', kind), settings: settingsOf(kind) ?? {} })

/** A field that is new: complete enough to be published as it is, where that can be. */
export function blankField(kind: FormKind, taken: ReadonlySet<string>): FormField {
  const field: FormField = { key: freshKey('f_', taken), kind, label: kind === 'note' ? '' : tEnum('forms.kind', kind), settings: settingsOf(kind) ?? {} }
  if (kind === 'note') field.help = t('forms.noteText')
  if (kind !== 'table') return field
  const first = blankColumn('text', new Set())
  return { ...field, columns: [first, { ...blankColumn('number', new Set([first.key])), summed: true }] }
}
