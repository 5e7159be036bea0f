import { createI18n } from 'vue-i18n'
import type { Locale } from '@guanxi/domain'
import zhCN from './zh-CN'

/** The shape of a catalogue: the same keys as the Chinese one, any text. */
export type Catalogue<T = typeof zhCN> = { [Key in keyof T]: T[Key] extends string ? string : Catalogue<T[Key]> }

type Leaves<T> = { [Key in keyof T & string]: T[Key] extends string ? Key : `${Key}.${Leaves<T[Key]>}` }[keyof T & string]

/** Every key of the catalogues, e.g. `form.save`. */
export type MessageKey = Leaves<typeof zhCN>

export const LOCALES: { value: Locale; label: string }[] = [
  { value: 'zh-CN', label: '简体中文' },
  { value: 'en', label: 'English' },
]

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zhCN } as Record<Locale, Catalogue>,
})

/**
 * The text of a key in the reader's language. `named` fills its {holes}; a number {n} among them, or else `plural`,
 * chooses the plural form.
 */
export function t(key: MessageKey, named: Record<string, string | number> = {}, plural?: number): string {
  const count = plural ?? (typeof named.n === 'number' ? named.n : undefined)
  return count === undefined ? i18n.global.t(key, named) : i18n.global.t(key, { n: count, ...named }, count)
}

/** The text of a key put together at run time, e.g. of a status from the server; the raw word when there is none. */
export function tEnum(group: string, value: string): string {
  const key = `${group}.${value}`
  return i18n.global.te(key) ? i18n.global.t(key) : value
}

/** The language in which the page speaks now. */
export function currentLocale(): Locale {
  return i18n.global.locale.value as Locale
}

/** Switches the page to a language, loading its catalogue when it is not there yet. */
export async function useLocale(locale: Locale): Promise<void> {
  if (locale === 'en' && !i18n.global.availableLocales.includes('en')) {
    i18n.global.setLocaleMessage('en', (await import('./en')).default)
  }
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
}
