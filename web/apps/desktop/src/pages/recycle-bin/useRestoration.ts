import { ref, type Ref } from 'vue'
import { answer, newKey, once, type BinItem } from '@guanxi/client'
import { api } from '@/api'
import { t } from '@/i18n'
import { problemText } from '@/problemText'
import { useFeedback } from '@/stores/feedback'
import { useBulk, type Bulk } from '../customers/useBulk'

/** Taking records out of the recycle bin, one or several. */
export interface Restoration {
  bulk: Bulk<BinItem>
  /** Why records stayed where they are, one sentence each. */
  failures: Ref<string[]>
  restore: (items: readonly BinItem[]) => Promise<void>
}

/** Restores records; `after` runs when that is through. */
export function useRestoration(after: () => Promise<void>): Restoration {
  const feedback = useFeedback()
  const bulk = useBulk<BinItem>()
  const failures = ref<string[]>([])

  async function restore(items: readonly BinItem[]): Promise<void> {
    failures.value = []
    const back = await bulk.run(items, async ({ type, id }) => {
      await answer(api.POST('/api/v1/recycle-bin/{type}/{id}/restoration', { params: { path: { type, id } }, ...once(newKey()) }))
    })
    const [first] = back
    if (first) feedback.toast(back.length === 1 ? t('bin.restored', { name: first.name }) : t('bin.restoredMany', { n: back.length }))
    failures.value = bulk.failures.value.map(({ name, problem }) => t('bin.notRestored', { name, reason: problemText(problem) }))
    await after()
  }

  return { bulk, failures, restore }
}
