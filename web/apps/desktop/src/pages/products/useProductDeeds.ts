import { answer, ifMatch, newKey, once, Problem, type ProductDetail } from '@guanxi/client'
import { api } from '@/api'
import { t, type MessageKey } from '@/i18n'
import { problemText } from '@/problemText'
import { useFeedback } from '@/stores/feedback'

interface Removable {
  id: string
  name: string
  version: number
}

/** Deletes a product with a way back for six seconds, and retires or offers it again. */
export function useProductDeeds(): {
  remove: (product: Removable, restored: (id: string) => unknown) => Promise<boolean>
  setRetired: (product: Removable, retired: boolean) => Promise<ProductDetail | null>
} {
  const feedback = useFeedback()

  async function attempt<T>(failure: MessageKey, name: string, act: () => Promise<T>): Promise<T | null> {
    try {
      return await act()
    } catch (thrown) {
      await feedback.ask({ title: t(failure, { name }), body: problemText(Problem.of(thrown)), action: t('action.close') })
      return null
    }
  }

  async function remove({ id, name, version }: Removable, restored: (id: string) => unknown): Promise<boolean> {
    const gone = await attempt('products.notDeleted', name, () => api.DELETE('/api/v1/products/{id}', { params: { path: { id } }, ...ifMatch(version) }))
    if (!gone) return false
    feedback.toast(t('products.deleted', { name }), async () => {
      const back = await attempt('products.notRestored', name, () =>
        answer(api.POST('/api/v1/recycle-bin/{type}/{id}/restoration', { params: { path: { type: 'product', id } }, ...once(newKey()) })),
      )
      if (!back) return
      feedback.toast(t('products.restored', { name }))
      await restored(id)
    })
    return true
  }

  async function setRetired({ id, name }: Removable, retired: boolean): Promise<ProductDetail | null> {
    const path = { params: { path: { id } } }
    const fresh = await attempt('products.notChanged', name, () =>
      retired ? answer(api.POST('/api/v1/products/{id}/retirement', { ...path, ...once(newKey()) })) : answer(api.DELETE('/api/v1/products/{id}/retirement', path)),
    )
    if (fresh) feedback.toast(t(retired ? 'products.retired' : 'products.reactivated', { name }))
    return fresh as ProductDetail | null
  }

  return { remove, setRetired }
}
