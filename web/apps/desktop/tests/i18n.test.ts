import { baseCompile } from '@intlify/message-compiler'
import { describe, expect, it } from 'vitest'
import { t, useLocale } from '@/i18n'
import en from '@/i18n/en'
import zhCN from '@/i18n/zh-CN'

type Texts = { [key: string]: string | Texts }

function leaves(texts: Texts, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : leaves(value, `${path}${key}.`),
  )
}

const chinese = new Map(leaves(zhCN))
const english = new Map(leaves(en as Texts))
const holes = (text: string): string[] => [...new Set(text.match(/(?<=\{)\w+(?=\})/g) ?? [])].sort()

describe('catalogues', () => {
  it('have the same keys', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
  })

  it('keep each group in one file, so that none hides another', () => {
    const files = import.meta.glob<{ default: Texts }>('../src/i18n/zh-CN/*.ts', { eager: true })
    const parts = Object.entries(files).filter(([path]) => !path.endsWith('/index.ts'))
    const groups = parts.flatMap(([, file]) => Object.keys(file.default))
    expect(groups.filter((group, index) => groups.indexOf(group) !== index)).toEqual([])
    expect([...groups].sort()).toEqual(Object.keys(zhCN).sort())
  })

  it('have the same holes under each key', () => {
    const differing = [...chinese].filter(([key, text]) => holes(text).join() !== holes(english.get(key) ?? '').join())
    expect(differing).toEqual([])
  })

  it.each([
    ['zh-CN', chinese],
    ['en', english],
  ])('compile in %s', (_locale, texts) => {
    const faults: string[] = []
    for (const [key, text] of texts) baseCompile(text, { onError: (error) => faults.push(`${key}: ${error.message}`) })
    expect(faults).toEqual([])
  })

  it('say nothing empty, and speak to people as the house does', () => {
    const bad = [...chinese].filter(([, text]) => text.trim() === '' || /！|您|\.{3}/.test(text))
    expect(bad).toEqual([])
  })

  it('put a space between Chinese and Latin letters or digits', () => {
    const bad = [...chinese].filter(([, text]) => /[\p{Script=Han}][A-Za-z0-9]|[A-Za-z0-9][\p{Script=Han}]/u.test(text.replace(/\{[^}]*\}/g, ' ')))
    expect(bad).toEqual([])
  })
})

describe('t', () => {
  it('chooses the plural form by {n}', async () => {
    await useLocale('en')
    expect(t('departments.people', { n: 1 })).toBe('1 person')
    expect(t('departments.people', { n: 0 })).toBe('0 people')
    expect(t('departments.people', { n: 12 })).toBe('12 people')
    await useLocale('zh-CN')
    expect(t('departments.people', { n: 1 })).toBe('1 人')
  })
})
