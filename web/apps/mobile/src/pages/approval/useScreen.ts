import { ref, watch, type Ref, type ShallowRef } from 'vue'
import { answer, Problem } from '@guanxi/client'
import { api } from '@/api'
import { sendingKey } from '@/composables/sendingKey'
import { useResource } from '@/composables/useResource'
import { t } from '@/i18n'
import { problemText } from '@/problemText'
import { useSession } from '@/stores/session'
import { useNetwork } from '@m/stores/network'
import type { Screen } from './saying'

/** One approval before somebody, and what they do with it besides saying yes or no. */
export interface AtHand {
  screen: ShallowRef<Screen | null>
  problem: ShallowRef<Problem | null>
  slow: Ref<boolean>
  busy: Ref<boolean>
  /** Why it was loaded anew, or what kept the last deed from being done. */
  told: Ref<string>
  reload: () => Promise<void>
  /** Tells why it is not as it was, and shows it as it is. */
  overtaken: (why: string) => Promise<void>
  /** Does something once, however often one presses; what the fields of its form lack is thrown. */
  act: (what: object, call: (key: string) => Promise<unknown>) => Promise<boolean>
}

const OVERTAKEN = new Set([403, 404, 409, 412])

/** Holds one approval, loaded whenever `id` becomes another. */
export function useScreen(id: () => string): AtHand {
  const session = useSession()
  const network = useNetwork()
  const { data, problem, slow, reload } = useResource(id, async (wanted: string, signal) => await answer(api.GET('/mobile/v1/approvals/{id}', { params: { path: { id: wanted } }, signal })))
  const busy = ref(false)
  const told = ref('')
  const key = sendingKey()

  async function overtaken(why: string): Promise<void> {
    told.value = why
    await reload()
  }

  async function act(what: object, call: (key: string) => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    told.value = ''
    try {
      await call(key.keyFor({ id: id(), ...what }))
      key.renew()
      network.note(200)
      await reload()
      return true
    } catch (thrown) {
      const found = Problem.of(thrown)
      network.note(found.status)
      if (found.errors.length) throw found
      if (OVERTAKEN.has(found.status)) await overtaken(found.status === 412 ? t('approvals.overtaken') : t('approvals.overtakenBecause', { why: problemText(found) }))
      else told.value = problemText(found)
      return false
    } finally {
      busy.value = false
    }
  }

  watch(id, () => (told.value = ''))
  watch(
    () => data.value?.id,
    (seen) => {
      if (!seen || !data.value?.copies.some((person) => person.id === session.user?.id)) return
      // Unread, it stays marked as new: no more than that is lost.
      void api.POST('/api/v1/approvals/{id}/reading', { params: { path: { id: seen } } }).catch(() => undefined)
    },
  )
  return { screen: data, problem, slow, busy, told, reload, overtaken, act }
}
