import type { Campaign, CampaignIn } from '@guanxi/client'

export const STEPS = ['who', 'what', 'when', 'check'] as const
export type StepName = (typeof STEPS)[number]
export const PACES = ['fast', 'minute', 'hour'] as const

/** A campaign as it is typed. */
export interface CampaignValues {
  name: string
  purpose: NonNullable<CampaignIn['purpose']>
  audience: NonNullable<CampaignIn['audience']>
  choices: { way: 'sms' | 'mail'; template_id: string }[]
  moment: 'now' | 'later'
  start_at: string | null
  lasts_hours: number
  pacing: (typeof PACES)[number]
  pace: number
}

/** The typed form of a campaign; an empty one without. */
export const valuesOf = (campaign: Campaign | null): CampaignValues => ({
  name: campaign?.name ?? '',
  purpose: campaign?.purpose ?? 'marketing',
  audience: { contacts: campaign?.audience.contacts ?? null, customers: campaign?.audience.customers ?? null },
  choices: (campaign?.choices ?? []).map(({ way, template_id }) => ({ way, template_id }) as CampaignValues['choices'][number]),
  moment: campaign?.start_at ? 'later' : 'now',
  start_at: campaign?.start_at ?? null,
  lasts_hours: campaign?.lasts_hours ?? 72,
  pacing: campaign?.pace_per ?? 'fast',
  pace: campaign?.pace ?? 100,
})

/** What is sent of it. */
export const bodyOf = (values: CampaignValues): CampaignIn => ({
  name: values.name.trim(),
  purpose: values.purpose,
  audience: values.audience,
  choices: values.choices.filter(({ template_id: template }) => template),
  start_at: values.moment === 'later' ? values.start_at : null,
  lasts_hours: values.lasts_hours,
  pace: values.pacing === 'fast' ? null : values.pace,
  pace_per: values.pacing === 'fast' ? null : values.pacing,
})

/** In which step a field of a campaign stands. */
export function stepOf(field: string): StepName {
  if (field === 'name' || field === 'purpose' || field.startsWith('audience')) return 'who'
  return field.startsWith('choices') ? 'what' : 'when'
}
