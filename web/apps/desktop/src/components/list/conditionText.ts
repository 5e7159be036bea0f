import { moneyText, type Condition } from '@guanxi/domain'
import { dayText } from '@/dayText'
import { t } from '@/i18n'
import type { FilterField } from './columns'

type NameOf = (id: string) => string | null

function valueText(field: FilterField, value: string, nameOf?: NameOf): string {
  if (field.kind === 'money') return moneyText(Number(value), field.currency ?? 'CNY')
  if (field.kind === 'day') return dayText(value)
  return field.options?.find((option) => option.value === value)?.label ?? nameOf?.(value) ?? value
}

function listText(field: FilterField, values: string[], nameOf?: NameOf): string {
  const unnamed = ['user', 'department', 'customer', 'contact', 'product'].includes(field.kind)
  if (values.length > 2 || (unnamed && values.some((value) => !nameOf?.(value)))) {
    if (field.kind === 'user') return t('filter.people', { n: values.length })
    if (field.kind === 'department') return t('filter.departments', { n: values.length })
    return t('filter.several', { n: values.length })
  }
  return values.map((value) => valueText(field, value, nameOf)).join(t('list.and'))
}

const isDay = ({ kind }: FilterField): boolean => kind === 'date' || kind === 'day'

function oneText(field: FilterField, condition: Condition, nameOf?: NameOf): string {
  const { op, value } = condition
  if (Array.isArray(value)) return `${op === 'nin' ? `${t('filter.not')} ` : ''}${listText(field, value, nameOf)}`
  const text = valueText(field, value, nameOf)
  switch (op) {
    case 'within':
      return t('filter.lastDays', { n: Number.parseInt(value, 10) })
    case 'beyond':
      return t('filter.beyondDays', { n: Number.parseInt(value, 10) })
    case 'coming':
      return Number.parseInt(value, 10) < 0 ? t('filter.overdue') : t('filter.comingDays', { n: Number.parseInt(value, 10) })
    case 'empty':
      return t(value === 'false' ? 'filter.notEmpty' : 'filter.isEmpty')
    case 'gt':
    case 'gte':
      return t(isDay(field) ? 'filter.since' : 'filter.least', { value: text })
    case 'lt':
    case 'lte':
      return t(isDay(field) ? 'filter.until' : 'filter.most', { value: text })
    case 'contains':
      return t('filter.contains', { value: text })
    case 'ne':
      return `${t('filter.not')} ${text}`
    default:
      return text
  }
}

/** The conditions of one field in words, for its chip and for “nothing found”. */
export function conditionText(field: FilterField, conditions: Condition[], nameOf?: NameOf): string {
  return conditions.map((condition) => oneText(field, condition, nameOf)).join(t('list.and'))
}
