import type { Locale } from '@guanxi/domain'

/** Something that is filled in for each person. */
export interface Variable {
  name: string
  zh: string
  en: string
  about: string | null
  always: boolean
}

const SLOT = /\{\{([^{}]*)\}\}/g

/** What people call a variable; what is no variable keeps its name. */
export function labelOf(variables: readonly Variable[], name: string, locale: Locale): string {
  const found = variables.find((one) => one.name === name)
  return found ? (locale === 'en' ? found.en : found.zh) : name
}

/** The first thing in a text that is meant as a variable and is none; null if all are good. */
export function firstUnknown(variables: readonly Variable[], text: string): string | null {
  for (const [, inside = ''] of text.matchAll(SLOT)) {
    const name = inside.replace(/\|.*/s, '').replaceAll('&nbsp;', ' ').trim()
    if (!variables.some((one) => one.name === name)) return name
  }
  return null
}

/** HTML with the variables as elements of their own, as the editor shows them. */
export function withChips(html: string): string {
  return html.replace(SLOT, (_whole, inside: string) => {
    const [name = '', ...rest] = inside.split('|')
    const fallback = rest.join('|').trim().replaceAll('"', '&quot;')
    return `<span data-variable="${name.trim()}"${fallback ? ` data-fallback="${fallback}"` : ''}></span>`
  })
}

/** The same as it is kept: variables as `{{name|fall-back}}`. */
export function withoutChips(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html')
  for (const chip of page.querySelectorAll<HTMLElement>('span[data-variable]')) {
    const { variable = '', fallback } = chip.dataset
    chip.replaceWith(`{{${variable}${fallback ? `|${fallback}` : ''}}}`)
  }
  return page.body.innerHTML
}

/** A text in which variables stand by the words that people have for them: 〔称呼〕您好. */
export function readable(variables: readonly Variable[], text: string, locale: Locale): string {
  return text.replace(SLOT, (_whole, inside: string) => `〔${labelOf(variables, inside.replace(/\|.*/s, '').trim(), locale)}〕`)
}
