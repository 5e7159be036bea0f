import { computed, type ComputedRef, type Ref } from 'vue'
import { answer, type MessageTemplate, type Problem } from '@guanxi/client'
import { api } from '@/api'
import { useResource } from '@/composables/useResource'

const MOST = 200

/** The templates that are in use, of one way or of all; read when `open` begins to hold. */
export function useTemplates(open: Ref<boolean>, way?: 'sms' | 'mail'): { templates: ComputedRef<MessageTemplate[]>; loaded: ComputedRef<boolean>; problem: Ref<Problem | null>; reload: () => Promise<unknown> } {
  const { data, problem, reload } = useResource(
    () => (open.value ? 'open' : null),
    async (_key, signal) => {
      const filter = JSON.stringify({ and: [{ field: 'state', op: 'eq', value: 'active' }, ...(way ? [{ field: 'way', op: 'eq', value: way }] : [])] })
      return (await answer(api.GET('/api/v1/message-templates', { params: { query: { filter, sort: 'name', limit: MOST } as never }, signal }))).items as MessageTemplate[]
    },
  )
  return { templates: computed(() => data.value ?? []), loaded: computed(() => data.value !== null), problem, reload }
}
