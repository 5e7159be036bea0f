import type { CareDate, CareRule, CareRuleIn } from '@guanxi/client'
import { recordOf } from './recordFields'
import type { Step, Trigger } from './wording'

/** A rule as it is typed. */
export interface CareValues {
  name: string
  purpose: NonNullable<CareRuleIn['purpose']>
  trigger: Trigger
  audience: NonNullable<CareRuleIn['audience']>
  steps: Step[]
  stops: NonNullable<CareRuleIn['stops']>
}

export const FESTIVALS = ['new-year', 'lunar-new-years-eve', 'spring', 'lantern', 'women', 'labour', 'children', 'dragon-boat', 'qixi', 'teachers', 'mid-autumn', 'national', 'double-ninth', 'laba', 'christmas'] as const
export const HAPPENINGS = ['service-done', 'purchased', 'quote-accepted', 'quote-approved', 'customer-created'] as const
export const TRIGGERS = ['birthday', 'festival', 'date', 'event'] as const
export const STOPS = ['activity', 'service', 'purchase', 'quote-accepted', 'customer-lost', 'task-done'] as const
export const SHIFTS = ['none', 'before', 'after'] as const

/** Whether a date is of each product on its own. */
export const byProduct = (field: string | null | undefined): boolean => field?.startsWith('purchase.product_') ?? false

/** A trigger that comes round every year where its date can only do so, and where no date may, does not. */
export function returning(trigger: Trigger, dates: readonly CareDate[]): Trigger {
  const date = trigger.kind === 'date' ? dates.find(({ word }) => word === trigger.field) : undefined
  return date ? { ...trigger, yearly: date.only_yearly || (date.yearly && Boolean(trigger.yearly)) } : trigger
}

/** The typed form of a rule. */
export const valuesOf = (rule: CareRule | CareRuleIn): CareValues => ({
  name: rule.name,
  purpose: rule.purpose ?? 'care',
  trigger: { festival: null, field: null, happening: null, yearly: false, shift: 'none', ...rule.trigger } as Trigger,
  audience: { contacts: null, customers: null, records: null, ...(rule.audience ?? { whom: 'own' }) },
  steps: (rule.steps ?? []).map((step) => ({ key: null, amount: 0, unit: 'day', at: '09:00', task: null, lasts_hours: null, ...step, choices: [...(step.choices ?? [])] }) as Step),
  stops: [...(rule.stops ?? [])],
})

/** What is sent: only what belongs to the trigger. */
export function bodyOf(values: CareValues): CareRuleIn {
  const { kind } = values.trigger
  const event = kind === 'event'
  return {
    name: values.name.trim(),
    purpose: values.purpose,
    trigger: {
      kind,
      festival: kind === 'festival' ? values.trigger.festival : null,
      field: kind === 'date' ? values.trigger.field : null,
      yearly: kind === 'date' && values.trigger.yearly,
      happening: event ? values.trigger.happening : null,
      shift: event ? 'none' : values.trigger.shift,
    },
    audience: { ...values.audience, contacts: event ? null : (values.audience.contacts ?? null), records: recordOf(values.trigger) ? (values.audience.records ?? null) : null, whom: event && values.audience.whom === 'all' ? 'own' : values.audience.whom },
    steps: values.steps.map((step) => ({ ...step, task: step.task?.trim() || null, choices: (step.choices ?? []).filter(({ template_id }) => template_id) })),
    stops: event ? values.stops : [],
  } as CareRuleIn
}

/** A further step, a week after the one before. */
export const nextStep = (steps: readonly Step[], event: boolean): Step => ({ key: null, amount: event ? (steps.at(-1)?.amount ?? 0) + 7 : 0, unit: 'day', at: '09:00', choices: [], task: null, lasts_hours: null })
