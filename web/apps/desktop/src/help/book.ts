import { markRaw, type Component } from 'vue'
import type { Locale } from '@guanxi/domain'
import type { MessageKey } from '@/i18n'

export interface Article {
  word: string
  title: string
  sections: { id: string; title: string; text: string }[]
  body: Component
}
export type Book = Record<string, Article>

type Page = { default: Component; article: Omit<Article, 'word' | 'body'> }

/** The chapters of the help, and the articles of each, in their order; the files bear the same names. */
export const CHAPTERS: { label: MessageKey; articles: string[] }[] = [
  { label: 'help.start', articles: ['first-day', 'words'] },
  { label: 'help.daily', articles: ['customers', 'follow-ups', 'tasks', 'lists', 'bulk', 'duplicates', 'products', 'quotes', 'assets', 'expenses', 'approvals', 'messages'] },
  { label: 'help.data', articles: ['import', 'export'] },
  { label: 'help.setup', articles: ['people', 'fields', 'approval-flows', 'forms', 'security', 'audit', 'integrations'] },
]

const FILES: Record<Locale, Record<string, () => Promise<Page>>> = {
  'zh-CN': import.meta.glob<Page>('./zh-CN/*.md'),
  en: import.meta.glob<Page>('./en/*.md'),
}
const opened = new Map<Locale, Promise<Book>>()

async function read(locale: Locale): Promise<Book> {
  const pages = await Promise.all(
    Object.entries(FILES[locale]).map(async ([file, load]): Promise<[string, Article]> => {
      const page = await load()
      const word = file.replace(/^.*\/(.+)\.md$/, '$1')
      return [word, { word, ...page.article, body: markRaw(page.default) }]
    }),
  )
  return Object.fromEntries(pages)
}

/** The whole help in a language, loaded once. */
export function openBook(locale: Locale): Promise<Book> {
  const known = opened.get(locale) ?? read(locale)
  opened.set(locale, known)
  // What could not be loaded is tried again the next time.
  known.catch(() => opened.delete(locale))
  return known
}
