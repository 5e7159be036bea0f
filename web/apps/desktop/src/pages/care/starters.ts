import type { CareRuleIn } from '@guanxi/client'
import { t } from '@/i18n'
import type { Step, Trigger } from './wording'

export type Starter = 'birthday' | 'anniversary' | 'warranty' | 'followUp' | 'spring' | 'maintenance' | 'restock' | 'welcome' | 'blank'
export const STARTERS: readonly Starter[] = ['birthday', 'anniversary', 'warranty', 'followUp', 'spring', 'maintenance', 'restock', 'welcome', 'blank']

const step = (amount: number, unit: Step['unit'], task: string | null = null): Step => ({ key: null, amount, unit, at: '09:00', choices: [], task, lasts_hours: null })
const waits = (kind: Trigger['kind'], more: Partial<Trigger> = {}): Trigger => ({ kind, festival: null, field: null, yearly: false, happening: null, shift: 'none', ...more })

/** A rule to start from, as it is most often wanted; templates are chosen by hand. */
export function starter(word: Starter): CareRuleIn {
  const call = t('care.callTask')
  const rules: Record<Starter, Pick<CareRuleIn, 'purpose' | 'trigger'> & { steps: Step[] }> = {
    birthday: { purpose: 'care', trigger: waits('birthday'), steps: [step(0, 'day')] },
    anniversary: { purpose: 'care', trigger: waits('date', { field: 'customer.founding_day', yearly: true }), steps: [step(0, 'day')] },
    warranty: { purpose: 'service', trigger: waits('date', { field: 'asset.warranty_until' }), steps: [step(-30, 'day')] },
    followUp: { purpose: 'service', trigger: waits('event', { happening: 'service-done' }), steps: [step(1, 'week'), step(2, 'week', call), step(1, 'month')] },
    spring: { purpose: 'care', trigger: waits('festival', { festival: 'spring' }), steps: [step(0, 'day')] },
    maintenance: { purpose: 'service', trigger: waits('date', { field: 'asset.maintenance_due_on' }), steps: [step(-7, 'day')] },
    restock: { purpose: 'service', trigger: waits('date', { field: 'purchase.next_on' }), steps: [step(-3, 'day', t('care.restockTask'))] },
    welcome: { purpose: 'care', trigger: waits('event', { happening: 'customer-created' }), steps: [step(1, 'day')] },
    blank: { purpose: 'care', trigger: waits('birthday'), steps: [step(0, 'day')] },
  }
  const name = word === 'blank' ? '' : t(`careStarter.${word}`)
  return { name, ...rules[word], stops: [], audience: { whom: word === 'spring' ? 'primary' : 'own', contacts: null, customers: null, records: null } }
}
