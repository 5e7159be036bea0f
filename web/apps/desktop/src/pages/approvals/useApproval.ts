import { ref, watch, type Ref, type ShallowRef } from 'vue'
import { answer, Problem, type Approval } from '@guanxi/client'
import { api } from '@/api'
import { sendingKey } from '@/composables/sendingKey'
import { useResource } from '@/composables/useResource'
import { t } from '@/i18n'
import { problemText } from '@/problemText'
import { useApprovals } from '@/stores/approvals'
import { useSession } from '@/stores/session'

/** One approval before somebody, and what they do with it. */
export interface ApprovalAtHand {
  approval: ShallowRef<Approval | null>
  problem: ShallowRef<Problem | null>
  slow: Ref<boolean>
  reload: () => Promise<void>
  busy: Ref<boolean>
  /** What kept the last deed from being done, as a sentence. */
  refused: Ref<string | null>
  /** Does something once, however often one presses; true when it is done. Refusals about fields are thrown. */
  act: (what: object, call: (key: string) => Promise<Approval>) => Promise<boolean>
  /** Shows what became of it. */
  take: (fresh: Approval) => void
  /** Sees to a refusal that only a fresh look can explain; true if it was one. */
  overtaken: (problem: Problem) => Promise<boolean>
}

/** Statuses that say: it is not as it was when this page was loaded. */
const OVERTAKEN = new Set([403, 404, 409, 412])

/** Who hears of what one does: of each change, and that a copy was noticed. */
export interface Listening {
  changed: () => void
  noticed: () => void
}

/** Holds one approval, loaded whenever `id` becomes another. */
export function useApproval(id: () => string | null, { changed, noticed }: Listening): ApprovalAtHand {
  const session = useSession()
  const counts = useApprovals()
  const { data, problem, slow, reload } = useResource(id, async (wanted: string, signal) => await answer(api.GET('/api/v1/approvals/{id}', { params: { path: { id: wanted } }, signal })))
  const busy = ref(false)
  const refused = ref<string | null>(null)
  const key = sendingKey()

  function take(fresh: Approval): void {
    refused.value = null
    if (fresh.id === id()) data.value = fresh
    void counts.lookQuietly()
    changed()
  }

  async function overtaken(found: Problem): Promise<boolean> {
    if (!OVERTAKEN.has(found.status)) return false
    refused.value = found.status === 412 ? t('approvals.overtaken') : t('approvals.overtakenBecause', { why: problemText(found) })
    await reload()
    void counts.lookQuietly()
    changed()
    return true
  }

  async function act(what: object, call: (key: string) => Promise<Approval>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    refused.value = null
    try {
      const fresh = await call(key.keyFor({ id: id(), ...what }))
      key.renew()
      take(fresh)
      return true
    } catch (thrown) {
      const found = Problem.of(thrown)
      if (found.errors.length) throw found
      if (!(await overtaken(found))) refused.value = problemText(found)
      return false
    } finally {
      busy.value = false
    }
  }

  /** What was copied to somebody counts as read once they see it. */
  async function noteReading({ id: seen, copies }: Approval): Promise<void> {
    if (!copies.some((person) => person.id === session.user?.id)) return
    await api.POST('/api/v1/approvals/{id}/reading', { params: { path: { id: seen } } })
    await counts.lookQuietly()
    noticed()
  }

  watch(id, () => (refused.value = null))
  watch(
    () => data.value?.id,
    // Unread, it stays marked as new: no more than that is lost.
    () => data.value && void noteReading(data.value).catch(() => undefined),
  )
  return { approval: data, problem, slow, reload, busy, refused, act, take, overtaken }
}
