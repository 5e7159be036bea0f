import type { Answer } from '@guanxi/client'
import type { Row } from './boxes'

/** As many as the server takes at a time. */
export const MOST_AT_ONCE = 50

/** What became of one of several. */
export interface Outcome {
  id: string
  title: string
  done: boolean
  text: string | null
  /** It waits only for a signature. */
  unsigned: boolean
}

type Told = Answer<'/mobile/v1/approval-decisions', 'post'>['items'][number]

/** What the server says of seats, by the titles that the reader knows. */
export function outcomesOf(items: readonly Told[], rows: readonly Row[]): Outcome[] {
  return items.map(({ seat_id, done, code, text }) => ({ id: seat_id, title: rows.find(({ seat }) => seat?.id === seat_id)?.title ?? '', done, text, unsigned: code === 'signature-required' }))
}

/** What is known after a sending: the latest of each; what was not done comes first. */
export function withLatest(earlier: readonly Outcome[], latest: readonly Outcome[]): Outcome[] {
  const rest = earlier.filter(({ id }) => !latest.some((one) => one.id === id))
  return [...rest, ...latest].sort((one, other) => Number(one.done) - Number(other.done))
}
