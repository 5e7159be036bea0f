import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { Problem } from '@guanxi/client'

/** A failure of one record among several. */
export interface Failure {
  id: string
  name: string
  problem: Problem
}

/** One action over several records, one after the other: how far it is, what failed, and a way to stop. */
export interface Bulk<T> {
  running: Ref<boolean>
  at: Ref<number>
  total: Ref<number>
  failures: Ref<Failure[]>
  done: ComputedRef<number>
  run: (rows: readonly T[], act: (row: T) => Promise<void>) => Promise<T[]>
  stop: () => void
}

/** Carries an action out on the records chosen on a page; what fails is told by name, the rest is done. */
export function useBulk<T extends { id: string; name: string }>(): Bulk<T> {
  const running = ref(false)
  const at = ref(0)
  const total = ref(0)
  const failures = ref<Failure[]>([]) as Ref<Failure[]>
  let stopped = false

  async function run(rows: readonly T[], act: (row: T) => Promise<void>): Promise<T[]> {
    running.value = true
    stopped = false
    failures.value = []
    total.value = rows.length
    at.value = 0
    const done: T[] = []
    for (const row of rows) {
      if (stopped) break
      at.value += 1
      try {
        await act(row)
        done.push(row)
      } catch (thrown) {
        failures.value = [...failures.value, { id: row.id, name: row.name, problem: Problem.of(thrown) }]
      }
    }
    running.value = false
    return done
  }

  return { running, at, total, failures, done: computed(() => at.value - failures.value.length), run, stop: () => void (stopped = true) }
}
