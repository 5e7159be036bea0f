import { answer, ifMatch, newKey, once, type Attachment } from '@guanxi/client'
import { api } from '@/api'
import { usePages, type Pages } from '@/composables/usePages'
import { useRemoval } from '@/composables/useRemoval'
import { t } from '@/i18n'
import type { RecordRef } from '../comments/useComments'

/** The files of a record, the latest first. */
export interface Attachments extends Pages<Attachment> {
  put: (attachment: Attachment) => void
  /** Takes a file off, with a way back for six seconds. */
  remove: (attachment: Attachment) => Promise<void>
}

const LIMIT = 60

/** Loads the files of a record, and takes them off; `changed` hears when one went or came back. */
export function useAttachments(record: () => RecordRef, changed: () => void = () => undefined): Attachments {
  const pages = usePages(record, async (path, cursor, signal) =>
    await answer(api.GET('/api/v1/records/{type}/{id}/attachments', { params: { path, query: { limit: LIMIT, ...(cursor ? { cursor } : {}) } }, signal })),
  )
  const { items } = pages

  function put(attachment: Attachment): void {
    items.value = [attachment, ...items.value.filter(({ id }) => id !== attachment.id)].sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at))
  }

  const { remove } = useRemoval<Attachment>(
    {
      remove: ({ id, version }) => api.DELETE('/api/v1/attachments/{id}', { params: { path: { id } }, ...ifMatch(version) }),
      restore: ({ id }) => api.POST('/api/v1/attachments/{id}/restoration', { params: { path: { id } }, ...once(newKey()) }),
      removed: ({ name }) => t('files.removed', { name }),
      restored: 'files.restored',
      notRemoved: 'files.notRemoved',
      notRestored: 'files.notRestored',
    },
    async () => {
      await pages.reload()
      changed()
    },
  )
  return { ...pages, put, remove }
}
