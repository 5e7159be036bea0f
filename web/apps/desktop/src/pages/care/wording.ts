import type { CareDate, CareRule, CareRuleIn } from '@guanxi/client'
import { t, tEnum } from '@/i18n'

export type Trigger = CareRuleIn['trigger']
export type Step = NonNullable<CareRuleIn['steps']>[number]

/** How a date that rules can go by is called. */
export function dateLabel(word: string, dates: readonly CareDate[]): string {
  const found = dates.find((one) => one.word === word)
  const record = tEnum('careRecord', word.split('.')[0] ?? '')
  return found?.label ? t('care.ownDate', { record, name: found.label }) : tEnum('careDate', word.replace('.', '-'))
}

/** What a rule waits for, in few words: 生日, 质保到期. */
export function triggerText(trigger: Trigger, dates: readonly CareDate[]): string {
  if (trigger.kind === 'festival') return tEnum('festival', trigger.festival ?? '')
  if (trigger.kind === 'event') return tEnum('happening', trigger.happening ?? '')
  if (trigger.kind === 'date') return t(trigger.yearly ? 'care.everyYear' : 'care.onDate', { name: dateLabel(trigger.field ?? '', dates) })
  return t('careTrigger.birthday')
}

/** When a step is: 前 30 天 09:00, 当天 09:00, 2 小时后. */
export function whenText(step: Pick<Step, 'amount' | 'unit' | 'at'>): string {
  const unit = step.unit ?? 'day'
  const amount = step.amount ?? 0
  const clock = unit === 'minute' || unit === 'hour' ? '' : (step.at ?? '09:00')
  if (amount === 0) return [t(clock ? 'care.sameDay' : 'care.atOnce'), clock].filter(Boolean).join(' ')
  const span = t(`careSpan.${unit}`, { n: Math.abs(amount) })
  return [t(amount < 0 ? 'care.before' : 'care.after', { span }), clock].filter(Boolean).join(' ')
}

/** What a step does: 发短信，不行再发邮件；安排任务. */
export function doingText(step: Pick<Step, 'choices' | 'task'>): string {
  const ways = (step.choices ?? []).map(({ way }) => tEnum('way', way))
  const parts = ways.length ? [ways.length === 1 ? t('care.sendBy', { way: ways[0] ?? '' }) : t('care.sendByFirst', { way: ways[0] ?? '', next: ways.slice(1).join('、') })] : []
  return [...parts, ...(step.task ? [t('care.giveTask', { task: step.task })] : [])].join(t('care.and'))
}

/** The whole rule as one would say it. */
export function sentence(rule: Pick<CareRule, 'trigger' | 'steps'>, dates: readonly CareDate[]): string {
  const steps = rule.steps.map((step) => `${whenText(step as Step)} ${doingText(step as Step)}`.trim())
  return t('care.told', { trigger: triggerText(rule.trigger as Trigger, dates), steps: steps.join(t('care.then')) })
}
