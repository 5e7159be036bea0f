import type { BudgetTrialIn, ExpenseRequestDetail, ExpenseRequestIn, Money } from '@guanxi/client'
import { all, atMost, required } from '@/composables/rules'
import type { Rule } from '@/composables/useForm'
import { t } from '@/i18n'

/** A line as the form holds it. */
export interface RequestLine {
  key: number
  kind_id: string | null
  amount: Money | null
  description: string
}

/** A request as the form holds it. */
export interface RequestValues {
  title: string
  currency: string
  remark: string
  starts_on: string
  ends_on: string
  city: string
  customer_id: string | null
  quote_id: string | null
  lines: RequestLine[]
}

let lastKey = 0

/** An empty line. */
export function freshLine(): RequestLine {
  lastKey += 1
  return { key: lastKey, kind_id: null, amount: null, description: '' }
}

/** An empty form with a line to begin with. */
export const blankRequest = (): RequestValues => ({ title: '', currency: 'CNY', remark: '', starts_on: '', ends_on: '', city: '', customer_id: null, quote_id: null, lines: [freshLine()] })

/** A request's values for editing. */
export function valuesOf(request: ExpenseRequestDetail): RequestValues {
  const { title, currency } = request
  return {
    title, currency, remark: request.remark ?? '', starts_on: request.starts_on ?? '', ends_on: request.ends_on ?? '', city: request.city ?? '', customer_id: request.customer?.id ?? null, quote_id: request.quote?.id ?? null,
    lines: request.lines.map(({ kind, amount, description }) => ({ ...freshLine(), kind_id: kind.id, amount: { amount, currency }, description: description ?? '' })),
  }
}

const orNull = (text: string): string | null => text.trim() || null

/** What is sent of a request. */
export function bodyOf(values: RequestValues): ExpenseRequestIn {
  return {
    title: values.title.trim(), currency: values.currency, remark: orNull(values.remark), starts_on: values.starts_on || null, ends_on: values.ends_on || null, city: orNull(values.city), customer_id: values.customer_id, quote_id: values.quote_id,
    lines: values.lines.map(({ kind_id, amount, description }) => ({ kind_id: kind_id ?? '', amount: amount?.amount ?? 0, description: orNull(description) })),
  } as ExpenseRequestIn
}

/** What of a request is asked of the budgets while it is written: its lines as far as they are whole. */
export const trialOf = ({ lines, currency, starts_on }: RequestValues, today: string): BudgetTrialIn => ({
  lines: lines.flatMap(({ kind_id, amount }) => (kind_id && amount && amount.amount > 0 ? [{ kind_id, on: starts_on || today, amount: amount.amount }] : [])),
  currency: currency as BudgetTrialIn['currency'], claim_id: null, request_id: null,
})

/** What all lines come to, in minor units. */
export const sumOf = (lines: readonly RequestLine[]): number => lines.reduce((sum, line) => sum + (line.amount?.amount ?? 0), 0)

/** The rules of the form, by path. */
export function requestRules(): Record<string, Rule<RequestValues>> {
  return {
    title: all(required('expenseRequests.titleEmpty'), atMost(120)),
    remark: atMost(2000),
    city: atMost(50),
    ends_on: (value, { starts_on }) => (value && starts_on && String(value) < starts_on ? t('expenseRequests.backwards') : null),
    'lines.*.kind_id': required('expenses.kindEmpty'),
    'lines.*.amount': (value) => ((value as Money | null)?.amount ?? 0) > 0 ? null : t('expenses.amountEmpty'),
    'lines.*.description': atMost(500),
  }
}
