import type { EventInput } from '@fullcalendar/core'
import type { Calendar, Task } from '@guanxi/client'
import { isOverdue, wallTime } from '@guanxi/domain'
import { tEnum } from '@/i18n'

/** What stands behind an entry of the calendar. */
export type Behind =
  | { sort: 'task'; task: Task }
  | { sort: 'planned'; taskId: string }
  | { sort: 'activity'; to: string | null }

/** Whose entries are shown, by what clock, and by now. */
export interface Looking {
  me: string | null
  zone: string
  now?: Date
}

const LATE = '23:30'

/**
 * The entries of some days. Their times are those that clocks of the company show, as if it were in Greenwich: the
 * calendar itself knows no zones.
 */
export function entriesOf(days: Calendar, looking: Looking): EventInput[] {
  return [
    ...days.tasks.map((task) => taskEntry(task, looking)),
    ...days.planned.map((one) => entry(`${one.task_id}:${one.due_at}`, named(one.title, one.owner, looking), one.due_at, ['is-planned'], { sort: 'planned', taskId: one.task_id }, looking)),
    ...days.activities.map((one) => {
      const about = one.customer?.name ?? one.contact?.name ?? ''
      const title = named([tEnum('activityKind', one.kind), about, one.gist].filter(Boolean).join(' · '), one.author, looking)
      const to = one.customer ? `/customers/${one.customer.id}` : one.contact ? `/contacts/${one.contact.id}` : null
      return entry(one.id, title, one.happened_at, ['is-activity'], { sort: 'activity', to }, looking)
    }),
  ]
}

function taskEntry(task: Task, looking: Looking): EventInput {
  const done = task.done_at !== null
  const state = done ? 'is-done' : isOverdue(task.due_at, looking.zone, looking.now) ? 'is-late' : 'is-task'
  return { ...entry(task.id, named(task.title, task.owner, looking), task.due_at, [state], { sort: 'task', task }, looking), startEditable: task.can.update && !done }
}

function named(title: string, person: { id: string; name: string } | null, { me }: Looking): string {
  return person && person.id !== me ? `${person.name} · ${title}` : title
}

function entry(id: string, title: string, at: string, classNames: string[], behind: Behind, { zone }: Looking): EventInput {
  const start = wallTime(at, zone)
  // Half an hour drawn from late in the evening would reach into the next day and stand there, too.
  const end = start.slice(11) >= LATE ? { end: `${start.slice(0, 10)}T23:59:59` } : {}
  return { id, title, start, ...end, classNames, startEditable: false, extendedProps: { behind } }
}

/** The wall time (`2026-03-18T15:00`) of a date that the calendar speaks of. */
export function wallOf(date: Date): string {
  return date.toISOString().slice(0, 16)
}

/** The days that the calendar shows: the first one, and how many. */
export function daysOf(start: Date, end: Date): { first: string; days: number } {
  return { first: start.toISOString().slice(0, 10), days: Math.round((end.getTime() - start.getTime()) / 86_400_000) }
}
