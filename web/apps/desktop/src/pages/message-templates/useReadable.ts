import { answer } from '@guanxi/client'
import { api } from '@/api'
import { useResource } from '@/composables/useResource'
import { currentLocale } from '@/i18n'
import { readable } from './variables'

/** Tells texts with variables as people read them. */
export function useReadable(): (text: string) => string {
  const { data } = useResource(() => 'all', async (_all, signal) => (await answer(api.GET('/api/v1/message-variables', { signal }))).items)
  return (text) => readable(data.value ?? [], text, currentLocale())
}
