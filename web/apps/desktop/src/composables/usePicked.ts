import { computed, shallowReactive, type WritableComputedRef } from 'vue'
import { onForget } from '@/forget'

const picked = shallowReactive(new Map<string, string[]>())

onForget(() => picked.clear())

/** The rows picked in a list, still there on the way back to it. */
export function usePicked(name: string): WritableComputedRef<string[]> {
  return computed({ get: () => picked.get(name) ?? [], set: (ids) => void picked.set(name, ids) })
}
