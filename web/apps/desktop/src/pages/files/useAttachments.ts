import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { answer, ifMatch, isAbort, newKey, once, Problem, type Attachment } from '@guanxi/client'
import { api } from '@/api'
import { useSlow } from '@/composables/useSlow'
import { t, type MessageKey } from '@/i18n'
import { problemText } from '@/problemText'
import { useFeedback } from '@/stores/feedback'
import type { RecordRef } from '../comments/useComments'

/** The files of a record, the latest first. */
export interface Attachments {
  items: ShallowRef<Attachment[]>
  more: Ref<boolean>
  problem: ShallowRef<Problem | null>
  loading: Ref<boolean>
  slow: Ref<boolean>
  loaded: Ref<boolean>
  reload: () => Promise<void>
  loadMore: () => Promise<void>
  put: (attachment: Attachment) => void
  /** Takes a file off, with a way back for six seconds. */
  remove: (attachment: Attachment) => Promise<void>
}

const LIMIT = 60

/** Loads the files of a record, and takes them off; `changed` hears when one went or came back. */
export function useAttachments(record: () => RecordRef, changed: () => void = () => undefined): Attachments {
  const feedback = useFeedback()
  const items = shallowRef<Attachment[]>([])
  const next = ref<string | null>(null)
  const more = ref(false)
  const problem = shallowRef<Problem | null>(null)
  const loading = ref(false)
  const loaded = ref(false)
  let controller: AbortController | null = null

  async function load(cursor: string | null): Promise<void> {
    controller?.abort()
    const mine = new AbortController()
    controller = mine
    loading.value = true
    problem.value = null
    try {
      const params = { path: record(), query: { limit: LIMIT, ...(cursor ? { cursor } : {}) } }
      const page = await answer(api.GET('/api/v1/records/{type}/{id}/attachments', { params, signal: mine.signal }))
      if (controller !== mine) return
      const there = new Set(cursor ? items.value.map(({ id }) => id) : [])
      items.value = [...(cursor ? items.value : []), ...page.items.filter(({ id }) => !there.has(id))]
      next.value = page.next_cursor
      more.value = page.next_cursor !== null
      loaded.value = true
    } catch (thrown) {
      if (controller === mine && !isAbort(thrown)) problem.value = Problem.of(thrown)
    } finally {
      if (controller === mine) loading.value = false
    }
  }

  function put(attachment: Attachment): void {
    items.value = [attachment, ...items.value.filter(({ id }) => id !== attachment.id)].sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at))
  }

  async function attempt(failure: MessageKey, act: () => Promise<void>): Promise<boolean> {
    try {
      await act()
      return true
    } catch (thrown) {
      await feedback.ask({ title: t(failure), body: problemText(Problem.of(thrown)), action: t('action.close') })
      await load(null)
      return false
    }
  }

  async function remove({ id, version, name }: Attachment): Promise<void> {
    const gone = await attempt('files.notRemoved', async () => {
      await api.DELETE('/api/v1/attachments/{id}', { params: { path: { id } }, ...ifMatch(version) })
    })
    if (!gone) return
    items.value = items.value.filter((item) => item.id !== id)
    feedback.toast(t('files.removed', { name }), () => restore(id))
    changed()
  }

  async function restore(id: string): Promise<void> {
    const back = await attempt('files.notRestored', async () => put(await answer(api.POST('/api/v1/attachments/{id}/restoration', { params: { path: { id } }, ...once(newKey()) }))))
    if (!back) return
    feedback.toast(t('files.restored'))
    changed()
  }

  watch(
    () => JSON.stringify(record()),
    () => {
      items.value = []
      loaded.value = false
      void load(null)
    },
    { immediate: true },
  )
  onScopeDispose(() => controller?.abort())
  return { items, more, problem, loading, slow: useSlow(loading), loaded, reload: () => load(null), loadMore: () => load(next.value), put, remove }
}
