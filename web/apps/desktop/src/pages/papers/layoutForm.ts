import type { PaperLayout, PaperLayoutIn } from '@guanxi/client'

/** What of a line can be left out, in the order in which it stands on paper. */
export const COLUMNS = ['position', 'code', 'specification', 'unit', 'unit_price', 'discount', 'tax_rate', 'note'] as const
export const PAPER_LOCALES = ['zh-CN', 'en'] as const
/** The colours of the product that are dark enough for white text; any other can be typed. */
export const INKS = ['#2C4FA3', '#1F6F5C', '#8A5A12', '#7A2E3A', '#3A3F4A'] as const
const TEXTS = ['heading', 'company', 'address', 'phone', 'tax_number', 'bank', 'footer', 'mail_subject', 'mail_text'] as const

type Texts = Record<(typeof TEXTS)[number], string>
export interface LayoutValues extends Texts {
  name: string
  is_default: boolean
  locale: (typeof PAPER_LOCALES)[number]
  colour: string
  columns: (typeof COLUMNS)[number][]
  capitals: boolean
  logo: string | null
}

export const blankLayout = (name: string, locale: LayoutValues['locale']): LayoutValues => ({
  ...(Object.fromEntries(TEXTS.map((field) => [field, ''])) as Texts),
  name,
  is_default: false,
  locale,
  colour: INKS[0],
  columns: [...COLUMNS],
  capitals: true,
  logo: null,
})

export const valuesOf = (layout: PaperLayout): LayoutValues => ({
  ...(Object.fromEntries(TEXTS.map((field) => [field, layout[field] ?? ''])) as Texts),
  name: layout.name,
  is_default: layout.is_default,
  locale: layout.locale,
  colour: layout.colour,
  columns: [...layout.columns],
  capitals: layout.capitals,
  logo: layout.logo,
})

/** What is sent: empty texts as nothing; a logo that is as it was is not sent again. */
export function bodyOf(values: LayoutValues, before?: PaperLayout): PaperLayoutIn {
  const texts = Object.fromEntries(TEXTS.map((field) => [field, values[field].trim() || null]))
  const { name, is_default, locale, colour, columns, capitals, logo } = values
  const body = { ...texts, name: name.trim(), is_default, locale, colour, columns, capitals, logo }
  if (before && before.logo === logo) return Object.fromEntries(Object.entries(body).filter(([field]) => field !== 'logo')) as PaperLayoutIn
  return body as PaperLayoutIn
}
