import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { articleSource } from '../articles'
import { KEYS } from '@/components/shell/keys'
import { CHAPTERS, openBook, type Book } from '@/help/book'
import { articleFor, PLACES } from '@/help/places'
import { searchBook } from '@/help/search'
import { TERMS } from '@/help/terms'
import { routes } from '@/router/routes'
import { SETTINGS } from '@/pages/settings/sections'

const SOURCES = join(dirname(fileURLToPath(import.meta.url)), '../src')
const words = CHAPTERS.flatMap((chapter) => chapter.articles)
const books: Record<string, Book> = {}
const text = (path: string): string => readFileSync(join(SOURCES, path), 'utf8')

/** Every path that the router knows, with `:id` for what varies. */
function paths(): string[] {
  const children = routes.find((route) => route.path === '/')?.children ?? []
  const below = children.flatMap((route) => [route.path, ...(route.children ?? []).map((child) => `${route.path}/${child.path}`)])
  return below.map((path) => `/${path.replace(/\?$/, '')}`)
}

beforeAll(async () => {
  for (const locale of ['zh-CN', 'en'] as const) books[locale] = await openBook(locale)
})

describe('the help', () => {
  it('has the same articles and anchors in both languages', () => {
    const shape = (book: Book | undefined): unknown => words.map((word) => [word, book?.[word]?.sections.map((section) => section.id)])
    expect(shape(books.en)).toEqual(shape(books['zh-CN']))
    expect(Object.keys(books.en ?? {}).sort()).toEqual([...words].sort())
    expect(words.filter((word) => !books.en?.[word]?.sections.some((section) => section.id))).toEqual([])
  })

  it('leads only to places that are there', () => {
    const known = paths()
    const isPlace = (link: string): boolean => known.some((path) => new RegExp(`^${path.replace(/:[^/]+/g, '[^/]+')}$`).test(link))
    const isArticle = (link: string): boolean => {
      const [, word = '', anchor] = /^\/help\/([a-z-]+)(?:#(.+))?$/.exec(link) ?? []
      return words.includes(word) && (!anchor || (books.en?.[word]?.sections.some((section) => section.id === anchor) ?? false))
    }
    const files = ['zh-CN', 'en'].flatMap((locale) => readdirSync(join(SOURCES, 'help', locale)).filter((file) => file.endsWith('.md')).map((file) => `help/${locale}/${file}`))
    const links = [...files.flatMap((file) => [...text(file).matchAll(/[^!]\[[^\]]+\]\((\/[^)]+)\)/g)].map((found) => String(found[1])))]
    const steps = [...text('pages/tasks/FirstSteps.vue').matchAll(/help: '([^']+)'/g)].map((found) => `/help/${found[1]}`)
    const terms = Object.values(TERMS).map((place) => `/help/${place}`)
    expect([...links, ...steps, ...terms].filter((link) => !(link.startsWith('/help/') ? isArticle(link) : isPlace(link)))).toEqual([])
    const pictures = files.flatMap((file) => [...text(file).matchAll(/!\[[^\]]+\]\(\.\/([^)]+)\)/g)].map((found) => file.replace(/[^/]+$/, String(found[1]))))
    expect(pictures.filter((picture) => !existsSync(join(SOURCES, picture)))).toEqual([])
  })

  it('explains every page of the settings, and the pages in the menu', () => {
    expect(SETTINGS.map(({ path }) => `/settings/${path}`).filter((path) => !(path in PLACES))).toEqual([])
    expect(Object.values(PLACES).filter((word) => !words.includes(word))).toEqual([])
    expect([articleFor('/customers/01a2'), articleFor('/settings/roles/01a2'), articleFor('/notifications')]).toEqual(['customers', 'people', 'first-day'])
  })

  it('finds sections that hold every word, titles first, and shows the place', () => {
    const hits = searchBook(books['zh-CN'] ?? {}, '数据范围')
    expect([hits[0]?.word, hits[0]?.excerpt[1]]).toEqual(['people', '数据范围'])
    expect(searchBook(books.en ?? {}, 'RECOVERY phone').map((hit) => `${hit.word}#${hit.id}`)).toEqual(['security#two-steps'])
    expect(searchBook(books.en ?? {}, 'giraffe phone')).toEqual([])
    expect(searchBook(books.en ?? {}, '  ')).toEqual([])
  })

  it('refuses an article without a title, without anchors, or with braces', () => {
    expect(() => articleSource('text', 'a.md')).toThrow('begins with its title')
    expect(() => articleSource('# A\n\n## B\n', 'a.md')).toThrow('has no {#anchor}')
    expect(() => articleSource('# A {{ b }}', 'a.md')).toThrow('double braces')
  })
})

describe('the sheet of keys', () => {
  it('names every key that a page listens to', () => {
    const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(vue|ts)$/.test(file))
    const heard = files.flatMap((file) =>
      [...text(file).matchAll(/useHotkeys\(\{([\s\S]*?)\n?\}\)/g)].flatMap((block) => [...String(block[1]).matchAll(/(?:^|[,{]\s*|\n\s{2})(?:'([^']+)'|([A-Za-z]+)): \(/g)].map((found) => String(found[1] ?? found[2]))),
    )
    const shown = new Set(KEYS.flatMap((group) => group.keys.flatMap((key) => key.names)))
    expect(heard).toContain('mod+k')
    expect([...new Set(heard)].filter((name) => !shown.has(name))).toEqual([])
  })
})
