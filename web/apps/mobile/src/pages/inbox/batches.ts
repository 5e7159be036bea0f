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
}

type Told = Answer<'/mobile/v1/approval-decisions', 'post'>['items'][number]

/** What the server says of seats, by the titles that the reader knows; what was not done comes first. */
export function outcomesOf(items: readonly Told[], rows: readonly Row[]): Outcome[] {
  const told = items.map(({ seat_id, done, text }) => ({ id: seat_id, title: rows.find(({ seat }) => seat?.id === seat_id)?.title ?? '', done, text }))
  return told.sort((one, other) => Number(one.done) - Number(other.done))
}
