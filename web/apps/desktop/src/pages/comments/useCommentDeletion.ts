import { ifMatch, newKey, once } from '@guanxi/client'
import { api } from '@/api'
import { useRemoval } from '@/composables/useRemoval'
import { t } from '@/i18n'

/** A comment as far as taking it back goes. */
interface Taken {
  id: string
  version: number
}

/** Takes one's own words back, with a way back for six seconds; `after` runs when they went and when they came back. */
export function useCommentDeletion(after: () => unknown): { remove: (comment: Taken) => Promise<void> } {
  return useRemoval<Taken>(
    {
      remove: ({ id, version }) => api.DELETE('/api/v1/comments/{id}', { params: { path: { id } }, ...ifMatch(version) }),
      restore: ({ id }) => api.POST('/api/v1/comments/{id}/restoration', { params: { path: { id } }, ...once(newKey()) }),
      removed: () => t('comments.removed'),
      restored: 'comments.restored',
      notRemoved: 'comments.notRemoved',
      notRestored: 'comments.notRestored',
    },
    after,
  )
}
