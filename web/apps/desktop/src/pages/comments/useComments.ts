import { answer, type Comment } from '@guanxi/client'
import { api } from '@/api'
import { usePages, type Pages } from '@/composables/usePages'

/** A record of a kind on which things can hang. */
export interface RecordRef {
  type: 'customer' | 'contact' | 'activity' | 'task' | 'product' | 'quote' | 'asset' | 'service-record' | 'approval' | 'expense-claim' | 'expense-request' | 'advance' | 'message-template'
  id: string
}

/** What is said about a record, the latest first. */
export interface Comments extends Pages<Comment> {
  /** Puts a fresh or changed one where it belongs. */
  put: (comment: Comment) => void
}

/** Loads what is said about a record, page after page. */
export function useComments(record: () => RecordRef): Comments {
  const pages = usePages(record, async (path, cursor, signal) =>
    await answer(api.GET('/api/v1/records/{type}/{id}/comments', { params: { path, query: cursor ? { cursor } : {} }, signal })),
  )
  const { items } = pages

  function put(comment: Comment): void {
    const there = items.value.some(({ id }) => id === comment.id)
    items.value = there ? items.value.map((item) => (item.id === comment.id ? comment : item)) : [comment, ...items.value]
  }
  return { ...pages, put }
}
