import type { ConsentSaid } from '@guanxi/client'
import { all, atMost, required } from '@/composables/rules'
import type { Rule, Rules } from '@/composables/formChecks'
import { t } from '@/i18n'
import type { Purpose, SOURCES, Way } from './words'

/** What somebody has said, as it is typed. */
export interface SaidValues {
  holds: 'agree' | 'refuse'
  purposes: Purpose[]
  ways: Way[]
  source: (typeof SOURCES)[number]
  evidence: string
  said_at: string | null
}
export const unsaid = (): SaidValues => ({ holds: 'agree', purposes: [], ways: ['sms', 'mail'], source: 'spoken', evidence: '', said_at: null })

const some = (message: string) => (value: unknown) => ((value as unknown[]).length ? null : message)
/** What a consent needs: one of each at least, and where it comes from. `of` finds it among the values of a form. */
export function saidRules<V extends object>(of: (values: V) => SaidValues, prefix = ''): Rules<V> {
  const evidence: Rule<V> = (value, values) => (of(values).holds === 'agree' ? all(required('consents.evidenceEmpty'), atMost(500)) : atMost(500))(value, values)
  return { [`${prefix}purposes`]: some(t('consents.purposesEmpty')), [`${prefix}ways`]: some(t('consents.waysEmpty')), [`${prefix}evidence`]: evidence }
}

/** The same as it is sent. */
export const saidBody = ({ holds, evidence, ...said }: SaidValues): ConsentSaid => ({ ...said, holds: holds === 'agree', evidence: evidence.trim() || null })
