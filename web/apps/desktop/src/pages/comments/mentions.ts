import type { Ref } from '@guanxi/client'

/** A colleague who may be mentioned. */
export interface Mentionable extends Ref {
  department_name?: string | null
}

/** A text while it is being typed: mentions stand in it as `@name`, and `people` are those who were picked. */
export interface Words {
  text: string
  people: Ref[]
}

/** A piece of a comment: plain text, or a mention. */
export interface Piece {
  text: string
  person: Ref | null
}

const TOKEN = /@\{([0-9a-f-]{36})\}/g

/** The `@…` being typed right before the caret, or null. */
export function mentionAt(text: string, caret: number): { start: number; query: string } | null {
  const found = /(^|[\s\p{P}\p{Script=Han}])@([^\s@]{0,20})$/u.exec(text.slice(0, caret))
  if (!found) return null
  const query = found[2] ?? ''
  return { start: caret - query.length - 1, query }
}

/** What is sent: each picked person's `@name` becomes their id; the longest name first, as one may begin another. */
export function encoded({ text, people }: Words): string {
  const byLength = [...people].sort((a, b) => b.name.length - a.name.length)
  return byLength.reduce((said, { id, name }) => said.split(`@${name}`).join(`@{${id}}`), text).trim()
}

/** A comment as it is typed again, when it is changed. */
export function decoded(text: string, mentions: readonly Ref[]): Words {
  const names = new Map(mentions.map(({ id, name }) => [id, name]))
  return { text: text.replace(TOKEN, (_, id: string) => `@${names.get(id) ?? '…'}`), people: [...mentions] }
}

/** A comment cut at its mentions, for showing. */
export function pieces(text: string, mentions: readonly Ref[]): Piece[] {
  const found: Piece[] = []
  let at = 0
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > at) found.push({ text: text.slice(at, match.index), person: null })
    const person = mentions.find(({ id }) => id === match[1])
    found.push({ text: `@${person?.name ?? '…'}`, person: person ?? null })
    at = match.index + match[0].length
  }
  if (at < text.length) found.push({ text: text.slice(at), person: null })
  return found
}

/** The name under which a picked person stands in the text: told apart from another of the same name by department. */
export function nameFor({ id, name, department_name }: Mentionable, people: readonly Ref[]): string {
  const taken = people.some((person) => person.id !== id && person.name === name)
  return taken ? `${name}·${department_name ?? people.length + 1}` : name
}
