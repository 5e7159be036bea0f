import type { Letter, LetterIn, LetterWords } from '@guanxi/client'

export const LOCALES = ['zh-CN', 'en'] as const
export const PARTS = ['everybody', 'unreached'] as const
export const PAPERS = ['letter', 'envelope', 'labels'] as const
export type Paper = (typeof PAPERS)[number]
/** The forms that each kind of paper comes in; the first is the usual one. */
export const FORMS = { letter: ['letter'], envelope: ['envelope-dl', 'envelope-zl', 'envelope-c5'], labels: ['labels-3x8', 'labels-2x7'] } as const
export type Form = (typeof FORMS)[Paper][number]
/** How many labels a sheet has. */
export const SHEETS: Partial<Record<Form, number>> = { 'labels-3x8': 24, 'labels-2x7': 14 }

/** A letter as it is typed. */
export interface LetterValues {
  name: string
  locale: string
  heading: string
  salutation: string
  body: string
  signature: string
  letterhead: boolean
  dated: 'printed' | 'own'
  dated_on: string | null
  sender_name: string
  sender_address: string
  sender_postcode: string
  sender_phone: string
  audience: LetterIn['audience']
  campaign_id: string | null
  campaign_part: string
  one_each: boolean
}

/** The typed form of a letter; an empty one without. */
export const valuesOf = (letter: Letter | null, company = ''): LetterValues => ({
  name: letter?.name ?? '',
  locale: letter?.locale ?? 'zh-CN',
  heading: letter?.heading ?? '',
  salutation: letter?.salutation ?? (letter ? '' : '尊敬的{{contact.salutation}}：'),
  body: letter?.body ?? '',
  signature: letter?.signature ?? (letter ? '' : company),
  letterhead: letter?.letterhead ?? true,
  dated: letter?.dated_on ? 'own' : 'printed',
  dated_on: letter?.dated_on ?? null,
  sender_name: letter?.sender_name ?? (letter ? '' : company),
  sender_address: letter?.sender_address ?? '',
  sender_postcode: letter?.sender_postcode ?? '',
  sender_phone: letter?.sender_phone ?? '',
  audience: { contacts: letter?.audience.contacts ?? null, customers: letter?.audience.customers ?? null },
  campaign_id: letter?.campaign?.id ?? null,
  campaign_part: letter?.campaign_part ?? 'everybody',
  one_each: letter?.one_each ?? false,
})

const TEXTS = ['heading', 'salutation', 'signature', 'sender_name', 'sender_address', 'sender_postcode', 'sender_phone'] as const

/** What is sent of it. */
export function bodyOf({ dated, dated_on: day, ...values }: LetterValues): LetterIn {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, values[name].trim() || null]))
  return { ...values, ...texts, name: values.name.trim(), dated_on: dated === 'own' ? day : null } as LetterIn
}

/** What stands on the paper, without whom it is for. */
export function wordsOf(values: LetterValues): LetterWords {
  const left = new Set(['name', 'audience', 'campaign_id', 'campaign_part', 'one_each'])
  return Object.fromEntries(Object.entries(bodyOf(values)).filter(([field]) => !left.has(field)))
}
