import { defineStore } from 'pinia'
import { ref } from 'vue'
import { answer, type ApprovalCounts } from '@guanxi/client'
import { api } from '@/api'
import { onForget } from '@/forget'

/** How many approvals wait for somebody's word, came back, or are new to them. */
export const useApprovals = defineStore('approvals', () => {
  const counts = ref<ApprovalCounts | null>(null)
  onForget(() => (counts.value = null))

  async function load(): Promise<void> {
    counts.value = await answer(api.GET('/api/v1/approvals/counts'))
  }

  /** Counts again; without an answer the old figures stay, for the lists themselves say what is wrong. */
  async function lookQuietly(): Promise<void> {
    await load().catch(() => undefined)
  }

  return { counts, lookQuietly }
})
