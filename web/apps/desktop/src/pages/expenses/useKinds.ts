import { computed, type ComputedRef } from 'vue'
import { answer, type ExpenseKind, type Problem } from '@guanxi/client'
import { api } from '@/api'
import { useResource } from '@/composables/useResource'

/** The kinds of expense of the company, in their order. */
export function useKinds(): { kinds: ComputedRef<ExpenseKind[] | null>; problem: ComputedRef<Problem | null>; slow: ComputedRef<boolean>; reload: () => Promise<void> } {
  const { data, problem, slow, reload } = useResource(() => 'expense-kinds', async (_key, signal) => (await answer(api.GET('/api/v1/expense-kinds', { signal }))).items)
  return { kinds: computed(() => data.value), problem: computed(() => problem.value), slow: computed(() => slow.value), reload }
}
