import { answer, type Activity, type Page } from '@guanxi/client'
import { api } from '@/api'
import { usePages, type Pages } from '@/composables/usePages'
import type { ActivityHost } from './activityForm'

/** What was done at a customer or with a contact, the latest first. */
export interface Activities extends Pages<Activity> {
  /** Puts a fresh or changed one where it belongs. */
  put: (activity: Activity) => void
}

const LIMIT = 20
const byTime = (a: Activity, b: Activity): number => Date.parse(b.happened_at) - Date.parse(a.happened_at)

function fetchPage({ customer, contact }: ActivityHost, cursor: string | null, signal: AbortSignal): Promise<Page<Activity>> {
  const query = { limit: LIMIT, ...(cursor ? { cursor } : {}) }
  if (customer) return answer(api.GET('/api/v1/customers/{id}/activities', { params: { path: { id: customer }, query }, signal }))
  return answer(api.GET('/api/v1/contacts/{id}/activities', { params: { path: { id: contact ?? '' }, query }, signal }))
}

/** Loads the activities of a customer or a contact, page after page. */
export function useActivities(host: () => ActivityHost): Activities {
  const pages = usePages(host, fetchPage)
  const { items } = pages

  function put(activity: Activity): void {
    items.value = [activity, ...items.value.filter(({ id }) => id !== activity.id)].sort(byTime)
  }
  return { ...pages, put }
}
