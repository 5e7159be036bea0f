import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { answer, isAbort, once, newKey, type BudgetCharge, type BudgetTrialIn } from '@guanxi/client'
import { api } from '@/api'

const PAUSE = 500

/** What is left of the budgets that somebody is about to be charged for, asked a moment after they stop writing. */
export function useCharges(body: () => BudgetTrialIn | null): { charges: Ref<readonly BudgetCharge[]>; failed: Ref<boolean> } {
  const charges = ref<readonly BudgetCharge[]>([])
  const failed = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let controller: AbortController | null = null

  async function ask(wanted: BudgetTrialIn): Promise<void> {
    const mine = new AbortController()
    controller = mine
    try {
      const found = await answer(api.POST('/api/v1/budget-trials', { body: wanted, ...once(newKey()), signal: mine.signal }))
      if (controller === mine) [charges.value, failed.value] = [found.items, false]
    } catch (thrown) {
      if (!isAbort(thrown) && controller === mine) [charges.value, failed.value] = [[], true]
    }
  }
  function stop(): void {
    clearTimeout(timer)
    controller?.abort()
    controller = null
  }
  watch(
    () => JSON.stringify(body()),
    (text) => {
      stop()
      const wanted = JSON.parse(text) as BudgetTrialIn | null
      if (wanted?.lines.length) timer = setTimeout(() => void ask(wanted), PAUSE)
      else [charges.value, failed.value] = [[], false]
    },
    { immediate: true },
  )
  onScopeDispose(stop)
  return { charges, failed }
}
