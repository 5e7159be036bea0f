import { ifMatch, newKey, once, type Activity } from '@guanxi/client'
import { api } from '@/api'
import { useRemoval } from '@/composables/useRemoval'
import { t } from '@/i18n'

/** Deletes a follow-up to the recycle bin, with a way back for six seconds; `after` runs when it went and when it came back. */
export function useActivityDeletion(after: () => unknown): { remove: (activity: Activity) => Promise<void> } {
  return useRemoval<Activity>(
    {
      remove: ({ id, version }) => api.DELETE('/api/v1/activities/{id}', { params: { path: { id } }, ...ifMatch(version) }),
      restore: ({ id }) => api.POST('/api/v1/recycle-bin/{type}/{id}/restoration', { params: { path: { type: 'activity', id } }, ...once(newKey()) }),
      removed: () => t('activities.removed'),
      restored: 'activities.restored',
      notRemoved: 'activities.notRemoved',
      notRestored: 'activities.notRestored',
    },
    after,
  )
}
