import { answer, ifMatch, newKey, once, Problem } from '@guanxi/client'
import { api } from '@/api'
import { t } from '@/i18n'
import { problemText } from '@/problemText'
import { useFeedback } from '@/stores/feedback'

interface Removable {
  id: string
  version: number
  /** How it is told of. */
  name: string
}

/** Deletes assets, service records and purchases, with a way back for six seconds. */
export function useAssetDeeds(): {
  removeAsset: (asset: Removable, restored: (id: string) => unknown) => Promise<boolean>
  removeRecord: (record: Removable, restored: (id: string) => unknown) => Promise<boolean>
  removePurchase: (purchase: Removable, restored: (id: string) => unknown) => Promise<boolean>
} {
  const feedback = useFeedback()

  async function attempt<T>(name: string, act: () => Promise<T>): Promise<T | null> {
    try {
      return await act()
    } catch (thrown) {
      await feedback.ask({ title: t('assets.notDone', { name }), body: problemText(Problem.of(thrown)), action: t('action.close') })
      return null
    }
  }

  async function remove(type: 'asset' | 'service-record' | 'purchase', { id, name }: Removable, send: () => Promise<unknown>, restored: (id: string) => unknown): Promise<boolean> {
    if (!(await attempt(name, send))) return false
    feedback.toast(t('assets.deleted', { name }), async () => {
      const back = await attempt(name, () => answer(api.POST('/api/v1/recycle-bin/{type}/{id}/restoration', { params: { path: { type, id } }, ...once(newKey()) })))
      if (!back) return
      feedback.toast(t('assets.restored', { name }))
      await restored(id)
    })
    return true
  }

  return {
    removeAsset: (asset, restored) => remove('asset', asset, () => api.DELETE('/api/v1/assets/{id}', { params: { path: { id: asset.id } }, ...ifMatch(asset.version) }), restored),
    removeRecord: (record, restored) => remove('service-record', record, () => api.DELETE('/api/v1/service-records/{id}', { params: { path: { id: record.id } }, ...ifMatch(record.version) }), restored),
    removePurchase: (record, restored) => remove('purchase', record, () => api.DELETE('/api/v1/purchases/{id}', { params: { path: { id: record.id } }, ...ifMatch(record.version) }), restored),
  }
}
