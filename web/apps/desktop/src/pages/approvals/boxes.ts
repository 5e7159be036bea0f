import { answer, type ApprovalInList, type Page } from '@guanxi/client'
import type { ValueForm } from '@guanxi/domain'
import { api } from '@/api'
import type { FilterField } from '@/components/list/columns'
import type { ListQuery } from '@/composables/useList'
import { t, tEnum, type MessageKey } from '@/i18n'
import { APPROVAL_KINDS } from './facts'
import { APPROVAL_STATES } from './wording'

/** The boxes of the inbox, in the order of their tabs. */
export const BOXES = ['to-decide', 'decided', 'mine', 'copies', 'all'] as const
export type Box = (typeof BOXES)[number]

export const BOX_LABELS: Record<Box, MessageKey> = { 'to-decide': 'approvals.toDecide', decided: 'approvals.decided', mine: 'approvals.mine', copies: 'approvals.copies', all: 'approvals.all' }

/** The address of a box; the first one has the shortest. */
export const boxPath = (box: Box): string => (box === 'to-decide' ? '/approvals' : `/approvals/${box}`)

/** The moment by which a box is ordered: since when, or when. */
const MOMENTS = { 'to-decide': 'opened_at', decided: 'decided_at', mine: 'submitted_at', copies: 'copied_at', all: 'submitted_at' } as const

/** The moment that a row tells in its box. */
export function momentOfRow(row: ApprovalInList, box: Box): string {
  return row[MOMENTS[box]] ?? row.submitted_at
}

const CALLS = {
  'to-decide': '/api/v1/approvals/to-decide',
  decided: '/api/v1/approvals/decided',
  mine: '/api/v1/approvals/mine',
  copies: '/api/v1/approvals/copies',
  all: '/api/v1/approvals',
} as const

/** One page of a box. */
export async function fetchBox(box: Box, query: ListQuery, signal: AbortSignal): Promise<Page<ApprovalInList>> {
  return await answer(api.GET(CALLS[box], { params: { query }, signal }))
}

const yesNo = (yes: string, no: string): { value: string; label: string }[] => [{ value: 'true', label: yes }, { value: 'false', label: no }]

export interface KindMet {
  word: string
  name: string | null
}

/** The kinds of subject that one has met; until that is known, those that every company has. */
const kindsOf = (met: readonly KindMet[]): { value: string; label: string }[] =>
  (met.length ? met : APPROVAL_KINDS.map((word) => ({ word, name: null }))).map(({ word, name }) => ({ value: word, label: name ?? tEnum('approvalKind', word) }))

export const fetchKinds = async (signal: AbortSignal): Promise<KindMet[]> => (await answer(api.GET('/api/v1/approvals/kinds', { signal }))).items

/** What a box can be filtered by. */
export function boxFilters(box: Box, met: readonly KindMet[] = []): FilterField[] {
  const kinds: FilterField = { name: 'kind', label: t('approvals.kind'), kind: 'choice', options: kindsOf(met) }
  const state: FilterField = { name: 'state', label: t('approvals.state'), kind: 'choice', options: APPROVAL_STATES.map((value) => ({ value, label: tEnum('approvalState', value) })) }
  const submitter: FilterField = { name: 'submitter_id', label: t('approvals.submitter'), kind: 'user' }
  const submitted: FilterField = { name: 'submitted_at', label: t('approvals.submittedAt'), kind: 'date' }
  const more: Record<Box, FilterField[]> = {
    'to-decide': [{ name: 'opened_at', label: t('approvals.arrivedAt'), kind: 'date' }],
    decided: [state, { name: 'decided_at', label: t('approvals.decidedAt'), kind: 'date' }],
    mine: [state],
    copies: [state, { name: 'read', label: t('approvals.read'), kind: 'choice', single: true, options: yesNo(t('approvals.isRead'), t('approvals.isUnread')) }],
    all: [state, { name: 'stuck', label: t('approvals.stuckOnes'), kind: 'choice', single: true, options: yesNo(t('value.yes'), t('value.no')) }, { name: 'department_id', label: t('approvals.department'), kind: 'department' }],
  }
  return [kinds, ...(box === 'mine' ? [] : [submitter]), ...more[box], submitted, { name: 'title', label: t('approvals.titleField'), kind: 'text' }]
}

const YES_NO = new Set(['read', 'stuck'])

/** How the values of a filter are written. */
export const boxForm = (name: string): ValueForm | undefined => (YES_NO.has(name) ? 'yes' : undefined)
