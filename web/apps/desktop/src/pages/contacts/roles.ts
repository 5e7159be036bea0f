import type { BUYING_ROLES, Tone } from '@guanxi/domain'

/** The colour of a role in buying: whoever decides stands out, the rest is quiet. */
export const ROLE_TONES: Record<(typeof BUYING_ROLES)[number], Tone> = {
  decision_maker: 'violet',
  influencer: 'info',
  user: 'gray',
  purchaser: 'teal',
  finance: 'gray',
  gatekeeper: 'warn',
  other: 'gray',
}
