import type { Problem } from '@guanxi/client'
import { t } from '@/i18n'

/** A problem in one sentence for the reader; the server's own words where it has some. */
export function problemText(problem: Problem): string {
  if (problem.status === 0) return t('state.unreachable')
  if (problem.status === 429) return problem.detail || t('state.tooMany', { seconds: problem.retryAfter ?? 60 })
  if (problem.status >= 500 || problem.status < 0) return t('state.failed')
  if (problem.errors.length === 1 && problem.errors[0]) return problem.errors[0].message
  return problem.detail || problem.title || t('state.failed')
}
