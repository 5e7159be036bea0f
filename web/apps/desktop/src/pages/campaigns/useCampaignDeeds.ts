import { ref, type Ref } from 'vue'
import { useRouter } from 'vue-router'
import { answer, ifMatch, newKey, once, Problem, type Campaign } from '@guanxi/client'
import { api } from '@/api'
import { t } from '@/i18n'
import { problemText } from '@/problemText'
import { useFeedback } from '@/stores/feedback'

type Move = 'sending' | 'paused' | 'cancelled'

/** What can be done with a campaign that was started: pause it, go on, cancel it, copy it, take its results out, remove it. */
export function useCampaignDeeds(changed: () => unknown): { busy: Ref<boolean>; move: (campaign: Campaign, state: Move) => Promise<void>; copy: (campaign: Campaign) => Promise<void>; takeOut: (campaign: Campaign) => Promise<void>; remove: (campaign: Campaign) => Promise<void> } {
  const feedback = useFeedback()
  const router = useRouter()
  const busy = ref(false)

  async function attempt(deed: () => Promise<unknown>): Promise<void> {
    if (busy.value) return
    busy.value = true
    try {
      await deed()
    } catch (thrown) {
      await changed()
      await feedback.ask({ title: t('campaigns.deedFailed'), body: problemText(Problem.of(thrown)), action: t('action.close') })
    } finally {
      busy.value = false
    }
  }

  async function move(campaign: Campaign, state: Move): Promise<void> {
    if (state === 'cancelled' && !(await feedback.ask({ title: t('campaigns.cancelTitle', { name: campaign.name }), body: t('campaigns.cancelText'), action: t('campaigns.cancel'), cancel: t('campaigns.cancelNot'), danger: true }))) return
    await attempt(async () => {
      await answer(api.POST('/api/v1/campaigns/{id}/state', { params: { path: { id: campaign.id } }, body: { state }, ...once(newKey()) }))
      await changed()
    })
  }
  const copy = (campaign: Campaign): Promise<void> =>
    attempt(async () => {
      const name = t('campaigns.copyName', { name: campaign.name.slice(0, 50) })
      const made = await answer(api.POST('/api/v1/campaigns/{id}/copies', { params: { path: { id: campaign.id } }, body: { name }, ...once(newKey()) }))
      await router.push(`/campaigns/${made.id}/edit`)
    })
  const takeOut = (campaign: Campaign): Promise<void> =>
    attempt(async () => {
      const body = { type: 'outreach-message', format: 'csv', field_names: [], filter: { field: 'origin_id', op: 'eq', value: campaign.id } } as const
      const job = await answer(api.POST('/api/v1/exports', { body: body as never, ...once(newKey()) }))
      await router.push(`/jobs/${job.id}`)
    })
  async function remove(campaign: Campaign): Promise<void> {
    if (!(await feedback.ask({ title: t('campaigns.removeNamed', { name: campaign.name }), body: t('campaigns.removeText'), action: t('action.delete'), danger: true }))) return
    await attempt(async () => {
      await answer(api.DELETE('/api/v1/campaigns/{id}', { params: { path: { id: campaign.id } }, ...ifMatch(campaign.version, newKey()) }))
      await router.push('/campaigns')
    })
  }
  return { busy, move, copy, takeOut, remove }
}
