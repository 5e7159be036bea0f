import { Problem, type BudgetTrialIn, type ExpenseClaimDetail, type ExpenseClaimIn, type ExpenseKind, type ExpenseRequestDetail, type FileBrief, type Money } from '@guanxi/client'
import { minorDigits, moneyText } from '@guanxi/domain'
import { all, atMost, required } from '@/composables/rules'
import type { Rule } from '@/composables/useForm'
import { t } from '@/i18n'
import { problemText } from '@/problemText'

/** What is printed on a receipt. */
export interface Printed {
  invoice_code: string
  invoice_number: string
}

type Line = ExpenseClaimDetail['lines'][number]
/** The limit of a line, as the server tells it. */
export type Limit = NonNullable<Line['limit']>

/** A line as the form holds it. */
export interface LineValues {
  key: number
  id: string | null
  kind_id: string | null
  spent_on: string
  amount: Money | null
  tax: Money | null
  description: string
  city: string
  over_reason: string
  /** The limit that bound it when it was last saved, and for what that was. */
  limit: (Limit & { kind_id: string; spent_on: string; city: string }) | null
  customer_id: string | null
  quote_id: string | null
  receipts: FileBrief[]
  /** By file. */
  printed: Record<string, Printed>
}

/** A claim as the form holds it. */
export interface ClaimValues {
  title: string
  currency: string
  remark: string
  /** The granted request that it draws on. */
  request_id: string | null
  lines: LineValues[]
}

let lastKey = 0

/** An empty line; what is likely the same as in the last one is there already. */
export function freshLine(last: LineValues | undefined, today: string): LineValues {
  lastKey += 1
  return { key: lastKey, id: null, kind_id: null, spent_on: last?.spent_on || today, amount: null, tax: null, description: '', city: last?.city ?? '', over_reason: '', limit: null, customer_id: last?.customer_id ?? null, quote_id: null, receipts: [], printed: {} }
}

/** An empty form with a line to begin with. */
export const blankClaim = (today: string): ClaimValues => ({ title: '', currency: 'CNY', remark: '', request_id: null, lines: [freshLine(undefined, today)] })

/** A claim's values for editing. */
export function valuesOf(claim: ExpenseClaimDetail): ClaimValues {
  const { currency } = claim
  return {
    title: claim.title,
    currency,
    remark: claim.remark ?? '',
    request_id: claim.request?.id ?? null,
    lines: claim.lines.map((line) => {
      lastKey += 1
      return {
        key: lastKey, id: line.id, kind_id: line.kind.id, spent_on: line.spent_on, amount: { amount: line.amount, currency }, tax: line.tax ? { amount: line.tax, currency } : null,
        description: line.description ?? '', city: line.city ?? '', over_reason: line.over_reason ?? '', limit: line.limit && { ...line.limit, kind_id: line.kind.id, spent_on: line.spent_on, city: line.city ?? '' }, customer_id: line.customer?.id ?? null, quote_id: line.quote?.id ?? null, receipts: line.receipts.map(({ file }) => file), printed: printedOf(line),
      }
    }),
  }
}

/** What a claim on a granted request begins with: its lines, each with its amount as a proposal; kinds that are not used any more are to be chosen anew. */
export function fromRequest(request: ExpenseRequestDetail, today: string): ClaimValues {
  const { currency } = request
  // Nobody has spent anything on a day that is still to come.
  const spent_on = request.starts_on && request.starts_on <= today ? request.starts_on : today
  return {
    title: request.title, currency, remark: '', request_id: request.id,
    lines: request.lines.map(({ kind, usable, amount, description }) => ({
      ...freshLine(undefined, today), kind_id: usable ? kind.id : null, spent_on, amount: { amount, currency }, description: description ?? '', city: request.city ?? '', customer_id: request.customer?.id ?? null, quote_id: request.quote?.id ?? null,
    })),
  }
}

function printedOf(line: Line): Record<string, Printed> {
  return Object.fromEntries(line.receipts.map(({ file, invoice_code, invoice_number }) => [file.id, { invoice_code: invoice_code ?? '', invoice_number: invoice_number ?? '' }]))
}

const orNull = (text: string | undefined): string | null => text?.trim() || null

/** What is sent of a claim. */
export function bodyOf(values: ClaimValues): ExpenseClaimIn {
  return {
    title: values.title.trim(),
    currency: values.currency,
    remark: orNull(values.remark),
    request_id: values.request_id,
    lines: values.lines.map((line) => ({
      id: line.id, kind_id: line.kind_id ?? '', spent_on: line.spent_on, amount: line.amount?.amount ?? 0, tax: line.tax?.amount ?? 0, description: orNull(line.description), city: orNull(line.city), over_reason: orNull(line.over_reason), customer_id: line.customer_id, quote_id: line.quote_id,
      receipts: line.receipts.map(({ id }) => ({ file_id: id, invoice_code: orNull(line.printed[id]?.invoice_code), invoice_number: orNull(line.printed[id]?.invoice_number) })),
    })),
  } as ExpenseClaimIn
}

/** What of a claim is asked of the budgets while it is written: its lines as far as they are whole. */
export const trialOf = ({ lines, currency, request_id }: ClaimValues, claim_id: string | null): BudgetTrialIn => ({
  lines: lines.flatMap(({ kind_id, spent_on, amount }) => (kind_id && spent_on && amount && amount.amount > 0 ? [{ kind_id, on: spent_on, amount: amount.amount }] : [])),
  currency: currency as BudgetTrialIn['currency'], claim_id, request_id,
})

/** Goes on from the claim as another has left it: lines that are gone from it are new again. Gives its version, if it was told. */
export function takeOver(values: ClaimValues, current: Problem['current']): number | null {
  const { version, lines } = (current ?? {}) as { version?: number; lines?: { id: string }[] }
  if (lines) {
    const there = new Set(lines.map(({ id }) => id))
    for (const line of values.lines) if (line.id && !there.has(line.id)) line.id = null
  }
  return version ?? null
}

/** The same figure in another currency, which may have other digits behind the point. */
export function inCurrency(money: Money, currency: string): Money {
  return { amount: Math.round(money.amount * 10 ** (minorDigits(currency) - minorDigits(money.currency))), currency }
}

/** What all lines come to, in minor units. */
export const sumOf = (lines: readonly LineValues[]): number => lines.reduce((sum, line) => sum + (line.amount?.amount ?? 0), 0)

/** The rules of the form, by path. */
export function claimRules(): Record<string, Rule<unknown>> {
  return {
    title: all(required('expenses.titleEmpty'), atMost(120)),
    remark: atMost(2000),
    'lines.*.kind_id': required('expenses.kindEmpty'),
    'lines.*.spent_on': required('expenses.dayEmpty'),
    'lines.*.amount': (value) => ((value as Money | null)?.amount ?? 0) > 0 ? null : t('expenses.amountEmpty'),
    'lines.*.description': atMost(500),
    'lines.*.city': atMost(50),
    'lines.*.over_reason': atMost(200),
  }
}

/** The limit of a line as far as it is known, for what is typed now; null where another may hold. */
export function limitOf(line: LineValues): Limit | null {
  const { limit } = line
  if (!limit || limit.kind_id !== line.kind_id || limit.spent_on !== line.spent_on || limit.city !== line.city.trim()) return null
  const amount = line.amount?.amount ?? 0
  return { ...limit, over: Math.min(amount, Math.max(0, limit.before + amount - limit.amount)) }
}

/** What a limit says of a line, in a few words. */
export function limitText(limit: Limit, currency: string): string {
  const money = (amount: number): string => moneyText(amount, currency)
  const parts = [t(`expenseLimits.told.${limit.per}`, { limit: money(limit.amount) }), limit.before ? t('expenseLimits.before', { before: money(limit.before) }) : '', limit.over ? t('expenseLimits.over', { over: money(limit.over) }) : '', limit.over && limit.mode === 'stop' ? t('expenseLimits.cannot') : '']
  return parts.filter(Boolean).join(' · ')
}

/** Whether lines of a claim are above limits in a way that keeps it from being submitted. */
export const isHeldBack = ({ lines }: ExpenseClaimDetail): boolean => lines.some(({ limit, over_reason }) => limit && limit.over > 0 && (limit.mode === 'stop' || !over_reason))

/** What a line still lacks before its claim can be submitted. */
export function lacking(line: LineValues, kind: ExpenseKind | undefined): string[] {
  if (!kind) return []
  return [kind.needs_receipt && line.receipts.length === 0 ? t('expenses.lacksReceipt') : '', kind.needs_customer && !line.customer_id ? t('expenses.lacksCustomer') : ''].filter(Boolean)
}

/** A refusal as people read it; what is wrong with lines names them. */
export function whyNot(thrown: unknown): string {
  const problem = Problem.of(thrown)
  const lines = problem.errors.map(({ field, message }) => {
    const place = /^lines\.(\d+)\./.exec(field)
    return place ? t('expenses.ofLine', { n: Number(place[1]) + 1, why: message }) : message
  })
  return lines.length ? lines.join('\n') : problemText(problem)
}
