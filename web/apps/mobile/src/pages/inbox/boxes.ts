import { answer, type Answer, type Page } from '@guanxi/client'
import { api } from '@/api'
import { t, tEnum, type MessageKey } from '@/i18n'
import { isLate, spanText } from '@/pages/approvals/wording'
import { useCounts } from '@m/stores/counts'

/** The boxes of the inbox, in the order of their tabs. */
export const BOXES = ['to-decide', 'mine', 'decided', 'copies'] as const
export type Box = (typeof BOXES)[number]
export const BOX_LABELS: Record<Box, MessageKey> = { 'to-decide': 'approvals.toDecide', decided: 'approvals.decided', mine: 'approvals.mine', copies: 'approvals.copies' }
export const EMPTY: Record<Box, [MessageKey, MessageKey]> = {
  'to-decide': ['approvals.emptyToDecide', 'approvals.hintToDecide'],
  decided: ['approvals.emptyDecided', 'approvals.hintDecided'],
  mine: ['approvals.emptyMine', 'approvals.hintMine'],
  copies: ['approvals.emptyCopies', 'approvals.hintCopies'],
}

type Told = Answer<'/mobile/v1/inbox/{box}'>['items'][number]

/** A row of a box; of several seats that somebody has in one approval, each is a row of its own. */
export interface Row extends Told {
  approval: string
}

/** What a box is asked for. */
export interface Asked {
  box: Box
  q: string
  kind: string
}

/** A page of a box; what it tells of all boxes goes to the tabs. */
export async function fetchBox({ box, q, kind }: Asked, cursor: string | null, signal: AbortSignal): Promise<Page<Row>> {
  const query = { ...(q ? { q } : {}), ...(kind ? { kind } : {}), ...(cursor ? { cursor } : {}) }
  const found = await answer(api.GET('/mobile/v1/inbox/{box}', { params: { path: { box }, query }, signal }))
  useCounts().counts = found.counts
  return { ...found, items: found.items.map((row) => ({ ...row, id: row.seat?.id ?? row.id, approval: row.id })) }
}

/** How long something has been waiting, or when it was decided; as a card says it. */
export function sinceText(row: Row, box: Box, tell: (iso: string) => string, now = Date.now()): string {
  return box === 'to-decide' ? t('mobile.waits', { span: spanText(now - Date.parse(row.moment)) }) : tell(row.moment)
}

export const rowIsLate = (row: Row): boolean => row.seat?.state === 'open' && isLate(row)

/** Where it stands, for those who have nothing to decide on it. */
export function whereText(row: Row, box: Box): string {
  if (box === 'decided' && row.seat) return t('approvals.iSaid', { verdict: tEnum('approvals.seat', row.seat.state) })
  if (row.stuck) return [row.at, t('approvals.stuck')].filter(Boolean).join(' · ')
  if (!row.at) return row.state === 'returned' ? t('approvals.withSubmitter') : ''
  const names = row.holders.map(({ name }) => name)
  const held = names.length > 2 ? t('approvals.andOthers', { name: names.slice(0, 2).join(t('list.and')), n: names.length }) : names.join(t('list.and'))
  return [row.at, held].filter(Boolean).join(' · ')
}
