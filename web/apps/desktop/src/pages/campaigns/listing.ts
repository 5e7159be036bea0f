import type { Campaign } from '@guanxi/client'
import type { Tone } from '@guanxi/domain'
import type { Column, FilterField, SortOption } from '@/components/list/columns'
import { t, tEnum } from '@/i18n'

export type CampaignState = Campaign['state']
export const CAMPAIGN_STATES = ['draft', 'scheduled', 'sending', 'paused', 'finished', 'cancelled'] as const satisfies readonly CampaignState[]
export const CAMPAIGN_TONES: Record<CampaignState, Tone> = { draft: 'gray', scheduled: 'info', sending: 'info', paused: 'warn', finished: 'ok', cancelled: 'gray' }
export const PURPOSES = ['marketing', 'service'] as const
/** What campaigns can be filtered by, as the address names it. */
export const CAMPAIGN_FILTERS = ['name', 'state', 'purpose', 'created_at'] as const
/** In which states messages have gone out, and in which something went wrong or was withheld. */
export const GROUPS = { gone: ['sent', 'delivered'], trouble: ['failed', 'uncertain'], withheld: ['suppressed', 'expired', 'cancelled'], coming: ['waiting', 'sending'] } as const
export type Group = keyof typeof GROUPS

/** How many messages of a campaign are in a group. */
export const countOf = (campaign: Pick<Campaign, 'results'>, group: Group): number =>
  campaign.results.messages.filter(({ state }) => (GROUPS[group] as readonly string[]).includes(state)).reduce((sum, { count }) => sum + count, 0)

/** How much of a campaign is done, in per cent of those it meant. */
export function progressOf(campaign: Pick<Campaign, 'results'>): number {
  const { people, same_address: same, left } = campaign.results
  const open = left + countOf(campaign, 'coming')
  const all = people - same
  return all > 0 ? Math.floor(((all - Math.min(open, all)) / all) * 100) : 0
}

/** Whether more comes of a campaign by itself. */
export const isUnderWay = ({ state }: Pick<Campaign, 'state'>): boolean => state === 'scheduled' || state === 'sending'

/** Where a campaign is looked at: drafts where they are written. */
export const placeOf = ({ id, state }: Pick<Campaign, 'id' | 'state'>): string => (state === 'draft' ? `/campaigns/${id}/edit` : `/campaigns/${id}`)

/** The ways in the order in which they are tried. */
export const waysText = ({ choices }: Pick<Campaign, 'choices'>): string => choices.map(({ way }) => tEnum('way', way)).join(' → ')

/** The columns of the list; those marked `extra` are hidden until chosen. */
export function campaignColumns(): Column[] {
  return [
    { key: 'name', label: t('campaigns.name'), width: 208, sort: 'name', frozen: true, fixed: true },
    { key: 'state', label: t('campaigns.state'), width: 100 },
    { key: 'ways', label: t('campaigns.ways'), width: 124 },
    { key: 'people', label: t('campaigns.people'), width: 88, align: 'end' },
    { key: 'gone', label: t('campaigns.gone'), width: 88, align: 'end' },
    { key: 'trouble', label: t('campaigns.trouble'), width: 96, align: 'end' },
    { key: 'withheld', label: t('campaigns.withheld'), width: 96, align: 'end' },
    { key: 'begins', label: t('campaigns.begins'), width: 128 },
    { key: 'owner', label: t('campaigns.owner'), width: 100 },
    { key: 'purpose', label: t('campaigns.purpose'), width: 80, extra: true },
    { key: 'created_at', label: t('campaigns.createdAt'), width: 128, sort: 'created_at', extra: true },
    { key: 'updated_at', label: t('campaigns.updatedAt'), width: 128, sort: 'updated_at', extra: true },
  ]
}

/** The filters of the list. */
export function campaignFilters(): FilterField[] {
  return [
    { name: 'state', label: t('campaigns.state'), kind: 'choice', options: CAMPAIGN_STATES.map((value) => ({ value, label: tEnum('campaignState', value) })) },
    { name: 'purpose', label: t('campaigns.purpose'), kind: 'choice', options: PURPOSES.map((value) => ({ value, label: tEnum('purpose', value) })) },
    { name: 'created_at', label: t('campaigns.createdAt'), kind: 'date' },
  ]
}

/** The orders of the list. */
export function campaignSorts(): SortOption[] {
  return (['-updated_at', '-created_at', 'name'] as const).map((value) => ({ value, label: t(`campaignSort.${value}`) }))
}
