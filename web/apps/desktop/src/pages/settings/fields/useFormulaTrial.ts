import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { answer, isAbort, type FormulaTrial } from '@guanxi/client'
import type { FormulaResult, RecordEntity } from '@guanxi/domain'
import { api } from '@/api'

/** A formula as it is being written; `key` is that of a field that is there already. */
export interface WrittenFormula {
  entity: RecordEntity
  expression: string
  result: FormulaResult
  decimals: number
  key?: string
}

const PAUSE_MS = 400

/** Tries a formula on a real record whenever the writer pauses; the last outcome stays in sight while the next one comes. */
export function useFormulaTrial(written: () => WrittenFormula): { trial: ShallowRef<FormulaTrial | null>; fresh: Ref<boolean> } {
  const trial = shallowRef<FormulaTrial | null>(null)
  const fresh = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let controller: AbortController | null = null

  async function run({ entity, expression, result, decimals, key }: WrittenFormula): Promise<void> {
    const mine = new AbortController()
    controller = mine
    // The server reads a formula without the blanks around it.
    const lead = expression.length - expression.trimStart().length
    try {
      const body = { expression, result, decimals, key: key ?? null }
      const found = await answer(api.POST('/api/v1/record-kinds/{entity}/formula-trials', { params: { path: { entity } }, body, signal: mine.signal }))
      if (controller !== mine) return
      trial.value = { ...found, at: found.at === null ? null : found.at + lead } as FormulaTrial
      fresh.value = true
    } catch (thrown) {
      // The formula is checked once more when it is saved.
      if (controller === mine && !isAbort(thrown)) trial.value = null
    }
  }

  watch(
    () => JSON.stringify(written()),
    () => {
      clearTimeout(timer)
      controller?.abort()
      controller = null
      fresh.value = false
      const now = written()
      if (now.expression.trim()) timer = setTimeout(() => void run(now), PAUSE_MS)
      else trial.value = null
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    controller?.abort()
  })
  return { trial, fresh }
}
