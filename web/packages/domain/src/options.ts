/** The colour family of a status; grey means "nothing to do", red means "wrong". */
export type Tone = 'gray' | 'info' | 'teal' | 'ok' | 'warn' | 'bad' | 'violet'

export const CUSTOMER_KINDS = ['company', 'person'] as const
export const CUSTOMER_TYPES = ['end_customer', 'channel', 'supplier', 'competitor', 'media', 'partner', 'other'] as const
export const CUSTOMER_TIERS = ['platinum', 'gold', 'normal', 'poor'] as const
export const CUSTOMER_STAGES = ['potential', 'intent', 'deal', 'lost'] as const
export const GENDERS = ['male', 'female'] as const
/** The languages in which contacts can be written to. */
export const LANGUAGES = ['zh-CN', 'en'] as const
export const BUYING_ROLES = ['decision_maker', 'influencer', 'user', 'purchaser', 'finance', 'gatekeeper', 'other'] as const
export const RELATIONSHIP_KINDS = [
  'superior',
  'subordinate',
  'colleague',
  'family',
  'friend',
  'classmate',
  'introduced',
  'rival',
  'other',
] as const
export const SCOPES = ['own', 'department', 'subtree', 'all'] as const

export type CustomerStage = (typeof CUSTOMER_STAGES)[number]
export type Scope = (typeof SCOPES)[number]
export type JobState = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled'

export const STAGE_TONES: Record<CustomerStage, Tone> = { potential: 'gray', intent: 'teal', deal: 'ok', lost: 'gray' }
export const JOB_TONES: Record<JobState, Tone> = {
  queued: 'gray',
  running: 'info',
  succeeded: 'ok',
  failed: 'bad',
  cancelled: 'gray',
}
