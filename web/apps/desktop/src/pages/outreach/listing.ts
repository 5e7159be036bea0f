import type { OutreachMessage } from '@guanxi/client'
import type { Tone, ValueForm } from '@guanxi/domain'
import type { Column, FilterField, SortOption } from '@/components/list/columns'
import { t, tEnum } from '@/i18n'

export type MessageState = OutreachMessage['state']
export const MESSAGE_STATES = ['waiting', 'sending', 'sent', 'delivered', 'uncertain', 'failed', 'suppressed', 'expired', 'cancelled'] as const satisfies readonly MessageState[]
export const MESSAGE_TONES: Record<MessageState, Tone> = {
  waiting: 'info', sending: 'info', sent: 'ok', delivered: 'ok', uncertain: 'warn', failed: 'bad', suppressed: 'gray', expired: 'gray', cancelled: 'gray',
}
export const PURPOSES = ['care', 'service', 'marketing'] as const
export const WAYS = ['sms', 'mail'] as const
/** What messages can be filtered by, as the address names it. */
export const OUTREACH_FILTERS = ['state', 'way', 'purpose', 'origin_type', 'origin_id', 'contact_id', 'due_at', 'created_at'] as const

/** How the values of filters are written that are no text. */
export const outreachForm = (): ValueForm | undefined => undefined

/** The columns of the list; those marked `extra` are hidden until chosen. */
export function outreachColumns(): Column[] {
  return [
    { key: 'contact', label: t('outreach.contact'), width: 124, frozen: true, fixed: true },
    { key: 'customer', label: t('outreach.customer'), width: 188 },
    { key: 'origin', label: t('outreach.origin'), width: 172 },
    { key: 'said', label: t('outreach.said'), width: 268 },
    { key: 'way', label: t('outreach.way'), width: 80 },
    { key: 'state', label: t('outreach.state'), width: 196 },
    { key: 'due_at', label: t('outreach.dueAt'), width: 128, sort: 'due_at' },
    { key: 'settled_at', label: t('outreach.settledAt'), width: 128 },
    { key: 'purpose', label: t('outreach.purpose'), width: 80, extra: true },
    { key: 'created_by', label: t('outreach.writtenBy'), width: 108, extra: true },
    { key: 'created_at', label: t('outreach.createdAt'), width: 128, sort: 'created_at', extra: true },
  ]
}

/** The filters of the list. */
export function outreachFilters(): FilterField[] {
  const choices = (group: 'messageState' | 'way' | 'purpose' | 'originType', values: readonly string[]): { value: string; label: string }[] => values.map((value) => ({ value, label: tEnum(group, value) }))
  return [
    { name: 'state', label: t('outreach.state'), kind: 'choice', options: choices('messageState', MESSAGE_STATES) },
    { name: 'way', label: t('outreach.way'), kind: 'choice', options: choices('way', WAYS) },
    { name: 'purpose', label: t('outreach.purpose'), kind: 'choice', options: choices('purpose', PURPOSES) },
    { name: 'origin_type', label: t('outreach.origin'), kind: 'choice', options: choices('originType', ['care-rule', 'campaign', 'by-hand']) },
    { name: 'due_at', label: t('outreach.dueAt'), kind: 'date' },
  ]
}

/** The orders of the list. */
export function outreachSorts(): SortOption[] {
  return (['-due_at', 'due_at', '-created_at'] as const).map((value) => ({ value, label: t(`outreachSort.${value}`) }))
}

/** Questions that are often asked, as filters. */
export function outreachQuestions(): { key: string; label: string; state: readonly MessageState[] }[] {
  return [
    { key: 'coming', label: t('outreach.coming'), state: ['waiting'] },
    { key: 'arrived', label: t('outreach.arrived'), state: ['sent', 'delivered'] },
    { key: 'trouble', label: t('outreach.trouble'), state: ['failed', 'uncertain'] },
    { key: 'withheld', label: t('outreach.withheld'), state: ['suppressed', 'expired'] },
  ]
}

const HELD = new Set(['quiet-hours', 'resting'])

/** Why a message came to nothing, or a way could not be taken, in the reader's words. */
export function reasonText(reason: string | null): string {
  if (!reason) return ''
  if (/^smtp-\d+$/.test(reason)) return t('outreach.smtp', { code: reason.slice(5) })
  return tEnum('messageReason', reason)
}

/** What a message in the outbox waits for: an hour, somebody to go on, or its next try after a trouble. */
export function heldText(error: string | null): string {
  return error && HELD.has(error) ? tEnum('heldBy', error) : reasonText(error)
}

/** What a message waits for, or why it came to nothing. */
export function whyText(message: Pick<OutreachMessage, 'state' | 'reason' | 'held_by'>): string {
  if (message.state === 'waiting' && message.held_by) return tEnum('heldBy', message.held_by)
  return message.reason ? reasonText(message.reason) : ''
}

/** Where what a message comes from is shown; nowhere for what was written by hand. */
export function originPath(origin: OutreachMessage['origin']): string | null {
  return { 'care-rule': `/care/${origin.id}`, campaign: `/campaigns/${origin.id}` }[origin.type] ?? null
}

/** Where the record that gave the reason is shown. */
export function aboutPath(about: OutreachMessage['about']): string | null {
  if (!about) return null
  const paths: Record<string, string> = { asset: `/equipment/${about.id}`, quote: `/quotes/${about.id}`, customer: `/customers/${about.id}` }
  return paths[about.kind] ?? null
}
