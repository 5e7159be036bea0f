import { moneyText } from '@guanxi/domain'
import { dayText } from '@/dayText'
import { t, tEnum } from '@/i18n'

/** How a fact of a kind of subject is told, where its value alone does not say. */
interface Shape {
  /** The word list of its values. */
  words?: string
  /** Told as a paragraph, not as a figure. */
  long?: boolean
  /** Leads to the subject. */
  link?: boolean
  /** Takes the room of two figures. */
  wide?: boolean
  /** In ten-thousandths, told per cent. */
  rate?: boolean
  /** Shown by a part of its own, below the others. */
  apart?: boolean
}

interface KindWords {
  facts: Readonly<Record<string, Shape>>
  /** What matters, in a few words for a list; the title stands above them. */
  gist: (facts: Facts) => (string | null)[]
}

export type Facts = Readonly<Record<string, unknown>>

/** A fact as a card shows it. */
export interface Fact {
  name: string
  label: string
  text: string
  long: boolean
  link: boolean
  wide: boolean
}

/** Every kind of subject that can be approved, with what a card makes of its facts. */
const KINDS: Readonly<Record<string, KindWords>> = {
  advance: {
    facts: { number: { link: true }, title: { wide: true }, remark: { long: true } },
    gist: ({ total, due_on, owed }) => [factText('advance', 'total', total), due_on ? t('approvals.gist.due', { day: dayText(String(due_on)) }) : null, owed ? t('approvals.gist.owed', { amount: factText('advance', 'owed', owed) }) : null],
  },
  'customer-transfer': {
    facts: { customer: { link: true, wide: true }, tier: { words: 'customerTier' }, stage: { words: 'customerStage' }, reason: { long: true } },
    gist: ({ to, tier }) => [to ? t('approvals.gist.to', { name: String(to) }) : null, tier ? tEnum('customerTier', String(tier)) : null],
  },
  'expense-claim': {
    facts: { number: { link: true }, title: { wide: true }, customers: { wide: true }, above_budget: { wide: true }, remark: { long: true }, lines: { apart: true }, receipts: { apart: true } },
    gist: ({ total, customers }) => [factText('expense-claim', 'total', total), factText('expense-claim', 'customers', customers)],
  },
  'expense-request': {
    facts: { number: { link: true }, title: { wide: true }, above_budget: { wide: true }, remark: { long: true }, lines: { apart: true } },
    gist: ({ total, customer }) => [factText('expense-request', 'total', total), factText('expense-request', 'customer', customer)],
  },
  quote: {
    facts: { customer: { wide: true }, number: { link: true }, off_list: { rate: true }, margin_rate: { rate: true }, terms: { long: true } },
    gist: ({ total, off_list, below_floor }) => [factText('quote', 'total', total), off_list ? t('approvals.gist.off', { rate: factText('quote', 'off_list', off_list) }) : null, below_floor ? t('approvals.gist.low') : null],
  },
}
export const APPROVAL_KINDS: readonly string[] = Object.keys(KINDS)

const LONG = 40
const DAY = /^\d{4}-\d{2}-\d{2}$/
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/

/** A value as people read it; empty for none. */
export function factText(kind: string, name: string, value: unknown, tell: (iso: string) => string = String): string {
  if (value === null || value === undefined || value === '') return ''
  const { words, rate } = KINDS[kind]?.facts[name] ?? {}
  if (rate && typeof value === 'number') return `${value / 100}%`
  if (words) return tEnum(words, String(value))
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no')
  if (Array.isArray(value)) return value.map((one) => factText(kind, name, one, tell)).join(t('list.and'))
  if (typeof value === 'object') return thingText(value as Record<string, unknown>)
  if (DAY.test(String(value))) return dayText(String(value))
  return MOMENT.test(String(value)) ? tell(String(value)) : String(value)
}

function thingText(value: Record<string, unknown>): string {
  if (typeof value.budget === 'string') return t('budgets.overBy', { name: value.budget, over: thingText(value.over as Record<string, unknown>) })
  if (typeof value.amount === 'number' && typeof value.currency === 'string') return moneyText(value.amount, value.currency)
  return typeof value.name === 'string' ? value.name : ''
}

/** What a fact is called; the raw name of one that has no word yet. */
export const factLabel = (kind: string, name: string): string => tEnum(`approvals.facts.${kind}`, name)

/** The facts of a card in the order they came in. */
export function factsOf(kind: string, facts: Facts, tell?: (iso: string) => string): Fact[] {
  const told = Object.entries(facts).filter(([name]) => !KINDS[kind]?.facts[name]?.apart)
  return told.map(([name, value]) => {
    const shape = KINDS[kind]?.facts[name] ?? {}
    const text = factText(kind, name, value, tell)
    return { name, label: factLabel(kind, name), text, long: shape.long ?? text.length > LONG, link: shape.link ?? false, wide: shape.wide ?? false }
  })
}

/** What matters of something, in one line beside its title. */
export function gistOf(kind: string, facts: Facts): string {
  const told = KINDS[kind]?.gist(facts) ?? Object.entries(facts).slice(0, 2).map(([name, value]) => factText(kind, name, value))
  return told.filter(Boolean).join(' · ')
}
