import MarkdownIt, { type Token } from 'markdown-it'
import type { Plugin } from 'vite'

interface Section {
  id: string
  title: string
  text: string
}

const ANCHOR = /\s*\{#([a-z0-9-]+)\}$/
const markdown = new MarkdownIt({ html: false, linkify: false })

// Links within the product are the router's; those that leave it open beside it.
markdown.renderer.rules.link_open = (tokens, index) => {
  const address = String(tokens[index]?.attrGet('href') ?? '')
  return address.startsWith('/') ? `<RouterLink to="${address}">` : `<a href="${address}" target="_blank" rel="noopener">`
}
markdown.renderer.rules.link_close = (tokens, index) => {
  let depth = 0
  for (let at = index; at >= 0; at -= 1) {
    const token = tokens[at]
    if (token?.type === 'link_close') depth += 1
    if (token?.type === 'link_open') depth -= 1
    if (depth === 0) return String(token?.attrGet('href') ?? '').startsWith('/') ? '</RouterLink>' : '</a>'
  }
  return '</a>'
}
markdown.renderer.rules.image = (tokens, index) => {
  const token = tokens[index]
  return `<img src="${String(token?.attrGet('src') ?? '')}" alt="${markdown.utils.escapeHtml(token?.content ?? '')}" loading="lazy" class="shot">`
}

/** Takes `{#anchor}` off a heading and makes it the heading's id, the same in every language. */
function anchored(heading: Token, inline: Token, file: string): string {
  const found = ANCHOR.exec(inline.content)
  if (!found?.[1]) throw new Error(`${file}: “${inline.content}” has no {#anchor}`)
  heading.attrSet('id', found[1])
  inline.content = inline.content.replace(ANCHOR, '')
  const last = inline.children?.at(-1)
  if (last) last.content = last.content.replace(ANCHOR, '')
  return found[1]
}

const plain = (inline: Token): string =>
  (inline.children ?? []).map((child) => (child.type === 'text' || child.type === 'code_inline' ? child.content : child.type === 'softbreak' ? ' ' : '')).join('')

/**
 * An article of the help as the source of a Vue component: a page in Markdown whose first line is its title and whose
 * headings carry anchors. It also exports `article`: the title, and the text of each section for searching.
 */
export function articleSource(source: string, file: string): string {
  if (source.includes('{{')) throw new Error(`${file}: double braces would be read as code`)
  const tokens = markdown.parse(source, {})
  const sections: Section[] = []
  let title = ''
  tokens.forEach((token, index) => {
    if (token.type !== 'inline') return
    const opener = tokens[index - 1]
    if (opener?.tag === 'h1') title = token.content
    else if (opener?.tag === 'h2') sections.push({ id: anchored(opener, token, file), title: plain(token), text: '' })
    else {
      const section = sections.at(-1) ?? sections[sections.push({ id: '', title: '', text: '' }) - 1]
      if (section) section.text += `${plain(token)} `
    }
  })
  if (!title) throw new Error(`${file}: an article begins with its title`)
  // The title is shown by the page around the article.
  const body = markdown.renderer.render(tokens.slice(3), markdown.options, {})
  return `<script>export const article = ${JSON.stringify({ title, sections })}</script>\n<template><div class="prose">${body}</div></template>\n`
}

/** Reads `*.md` as Vue components; goes before the plugin of Vue, which must include them. */
export function articles(): Plugin {
  return {
    name: 'guanxi-articles',
    enforce: 'pre',
    transform: (source, id) => (id.endsWith('.md') ? { code: articleSource(source, id), map: null } : null),
  }
}
