import { describe, expect, it } from 'vitest'
import whole from '@/i18n/zh-CN'
import english from '@m/words/en'
import chinese from '@m/words/zh-CN'

type Texts = { [key: string]: string | Texts }

const own = import.meta.glob<string>('../src/**/*.{ts,vue}', { query: '?raw', import: 'default', eager: true })
const shared = import.meta.glob<string>('../../desktop/src/**/*.{ts,vue}', { query: '?raw', import: 'default', eager: true })
const sources = new Map([...Object.entries(own), ...Object.entries(shared)])

/** The file that an import names; null for packages. */
function fileOf(wanted: string, importer: string): string | null {
  const base = wanted.startsWith('@/') ? `../../desktop/src/${wanted.slice(2)}` : wanted.startsWith('@m/') ? `../src/${wanted.slice(3)}` : wanted.startsWith('.') ? joined(importer, wanted) : null
  return base === null ? null : (['', '.ts', '.vue', '/index.ts'].map((end) => base + end).find((path) => sources.has(path)) ?? null)
}

function joined(importer: string, wanted: string): string {
  const parts = importer.split('/').slice(0, -1)
  for (const part of wanted.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return parts.join('/')
}

/** All that the phone's pages are made of, but for the catalogues. */
function reached(): string[] {
  const found = new Set(Object.keys(own).filter((path) => !path.includes('/words/')))
  for (const path of found) {
    for (const [, wanted] of (sources.get(path) ?? '').matchAll(/(?:from|import\() ?'([^']+)'/g)) {
      const file = fileOf(wanted ?? '', path)
      if (file && !file.includes('/i18n/') && !file.includes('/words/')) found.add(file)
    }
  }
  return [...found]
}

function has(texts: Texts, key: string): boolean {
  return key.split('.').reduce<string | Texts | undefined>((at, part) => (typeof at === 'object' ? at[part] : undefined), texts) !== undefined
}

const said = reached().flatMap((path) => {
  const text = sources.get(path) ?? ''
  const keys = [...text.matchAll(/'([a-z]\w*(?:\.[\w-]+)+)'/gi)].map(([, key]) => key ?? '').filter((key) => has(whole, key))
  const groups = [...text.matchAll(/(?:tEnum\(['`]|words: '|\bt\(`)([\w.]+?)\.?(?=['`]|\$\{)/g)].map(([, group]) => group ?? '').filter((group) => has(whole, group))
  return [...keys, ...groups].map((key) => ({ key, path }))
})

describe('the words of the phone', () => {
  it('are reached from its pages', () => {
    expect(said.length).toBeGreaterThan(150)
  })

  it.each([
    ['Chinese', chinese],
    ['English', english],
  ])('are all in the catalogue it takes along: %s', (_language, texts) => {
    expect(said.filter(({ key }) => !has(texts as Texts, key))).toEqual([])
  })
})

describe('the pages of the phone', () => {
  it('take nothing of the desktop that stands on Element Plus', () => {
    const heavy = reached().filter((path) => /<el-|from 'element-plus/.test(sources.get(path) ?? ''))
    expect(heavy).toEqual([])
  })
})
