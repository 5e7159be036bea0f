import { dateText, type FieldOption, type FileRef, moneyText, type OwnField } from '@guanxi/domain'
import { dayText } from '@/dayText'
import { currentLocale, t } from '@/i18n'
import { useSession } from '@/stores/session'

/** The choices that a value names, in the field's own order; one that is unknown here bears its bare value. */
export function chosenOptions({ settings }: OwnField, value: unknown): FieldOption[] {
  const wanted = value === null || value === undefined || value === '' ? [] : Array.isArray(value) ? value.map(String) : [String(value)]
  return wanted.map((one) => settings.options?.find((option) => option.value === one) ?? { value: one, label: one })
}

/** A number with its unit: 12,000 台. */
export function numberText({ settings }: OwnField, value: number): string {
  const digits = settings.decimals ?? 0
  const figure = value.toLocaleString('en-US', { minimumFractionDigits: 0, maximumFractionDigits: digits })
  return settings.unit ? `${figure} ${settings.unit}` : figure
}

function oneText(field: OwnField, value: unknown): string {
  const kind = field.kind === 'formula' ? field.settings.result : field.kind
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no')
  if (typeof value === 'number') return numberText(field, value)
  if (kind === 'date') return dayText(String(value))
  if (kind === 'date_time') return dateText(String(value), 'moment', { locale: currentLocale(), timeZone: useSession().timeZone })
  return String(value)
}

/** What stands in an own field, in words; empty for nothing. `nameOf` finds the names behind bare ids. */
export function customText(field: OwnField, value: unknown, nameOf?: (id: string) => string | null): string {
  if (value === null || value === undefined || value === '') return ''
  if (field.kind === 'choice' || field.kind === 'multi_choice') return chosenOptions(field, value).map(({ label }) => label).join(t('list.and'))
  if (field.kind === 'file') return (value as (FileRef | string)[]).map((file) => (typeof file === 'string' ? (nameOf?.(file) ?? t('fields.chosen')) : file.name)).join(t('list.and'))
  if (typeof value === 'object') {
    const { amount, currency, name } = value as { amount?: number; currency?: string; name?: string }
    return amount !== undefined && currency ? moneyText(amount, currency) : (name ?? '')
  }
  if (field.kind === 'user' || field.kind === 'department' || field.kind === 'record') return nameOf?.(String(value)) ?? t('fields.chosen')
  return oneText(field, value)
}
