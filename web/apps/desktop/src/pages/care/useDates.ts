import { answer, type CareDate } from '@guanxi/client'
import { api } from '@/api'
import { useResource } from '@/composables/useResource'
import type { ShallowRef } from 'vue'

/** The dates that rules can go by, the company's own among them. */
export function useDates(): ShallowRef<CareDate[] | null> {
  return useResource(() => 'all', async (_key, signal) => (await answer(api.GET('/api/v1/care-dates', { signal }))).items as CareDate[]).data
}
