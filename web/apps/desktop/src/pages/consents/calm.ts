import type { CalmRule } from '@guanxi/client'

export const CAPS = ['per_day', 'per_week', 'per_month'] as const
export const WEEK = [1, 2, 3, 4, 5, 6, 7] as const
/** A rule as it stands in the form: what is no number yet can be typed. */
export type CalmValues = Omit<CalmRule, (typeof CAPS)[number]> & Record<(typeof CAPS)[number], string>
