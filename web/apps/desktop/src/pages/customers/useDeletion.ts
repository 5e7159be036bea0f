import { answer, ifMatch, newKey, once } from '@guanxi/client'
import { api } from '@/api'
import { t } from '@/i18n'
import { useFeedback } from '@/stores/feedback'
import { useBulk, type Bulk } from './useBulk'

interface Removable {
  id: string
  name: string
  version: number
}

/** Deleting customers to the recycle bin, with a way back for six seconds. */
export interface Deletion {
  bulk: Bulk<Removable>
  remove: (rows: readonly Removable[]) => Promise<Removable[]>
}

type Then = (rows: readonly Removable[]) => unknown

/** Deletes what is chosen; `after` runs when something was deleted, `restored` (or again `after`) when it came back. */
export function useDeletion(after: Then, restored: Then = after): Deletion {
  const feedback = useFeedback()
  const bulk = useBulk<Removable>()

  async function remove(rows: readonly Removable[]): Promise<Removable[]> {
    const done = await bulk.run(rows, async ({ id, version }) => {
      await api.DELETE('/api/v1/customers/{id}', { params: { path: { id } }, ...ifMatch(version) })
    })
    const [first] = done
    if (first) {
      feedback.toast(done.length === 1 ? t('customers.deleted', { name: first.name }) : t('customers.deletedMany', { n: done.length }), () => restore(done))
      await after(done)
    }
    await tellFailures()
    return done
  }

  async function restore(rows: readonly Removable[]): Promise<void> {
    const back = await bulk.run(rows, async ({ id }) => {
      await answer(api.POST('/api/v1/recycle-bin/{type}/{id}/restoration', { params: { path: { type: 'customer', id } }, ...once(newKey()) }))
    })
    const [first] = back
    if (first) feedback.toast(back.length === 1 ? t('customers.restored', { name: first.name }) : t('customers.restoredMany', { n: back.length }))
    await restored(back)
    await tellFailures()
  }

  async function tellFailures(): Promise<void> {
    const failed = bulk.failures.value
    if (failed.length === 0) return
    const lines = failed.map(({ name, problem }) => `${name}：${problem.detail}`).join('\n')
    await feedback.ask({ title: t('customers.failedSome', { n: failed.length }), body: lines, action: t('action.close') })
  }

  return { bulk, remove }
}
