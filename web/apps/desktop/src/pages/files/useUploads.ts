import { onScopeDispose, reactive, ref, type Ref } from 'vue'
import { answer, isAbort, newKey, Problem, type Attachment } from '@guanxi/client'
import { api } from '@/api'
import { t } from '@/i18n'
import { problemText } from '@/problemText'
import { sendFile } from '@/sendFile'
import type { RecordRef } from '../comments/useComments'

/** A file on its way, or one that did not arrive. */
export interface Upload {
  key: string
  file: File
  sent: number
  /** Why it did not arrive; empty while it may. */
  refusal: string
  again: boolean
  controller: AbortController
}

/** The largest file that is sent at all; the server may take less and says so. */
const LARGEST = 60 * 1024 * 1024

/** Sends files to a record, one after the other; `arrived` hears of each. */
export function useUploads(
  record: () => RecordRef,
  arrived: (attachment: Attachment) => void,
): { uploads: Ref<Upload[]>; add: (files: Iterable<File>) => void; drop: (upload: Upload) => void; retry: (upload: Upload) => void } {
  const uploads = ref<Upload[]>([])
  let running = false

  function add(files: Iterable<File>): void {
    for (const file of files) {
      const refusal = file.size > LARGEST ? t('files.tooLarge') : file.size === 0 ? t('files.empty') : ''
      const upload = reactive({ key: newKey(), file, sent: 0, refusal, again: false, controller: new AbortController() }) as Upload
      uploads.value = [...uploads.value, upload]
    }
    void work()
  }

  async function work(): Promise<void> {
    if (running) return
    running = true
    for (let next = waiting(); next; next = waiting()) await send(next)
    running = false
  }
  const waiting = (): Upload | undefined => uploads.value.find(({ refusal }) => refusal === '')

  async function send(upload: Upload): Promise<void> {
    const { type, id } = record()
    const { signal } = upload.controller
    try {
      // Also renews a session that has run out, so that nothing is sent in vain.
      await answer(api.GET('/api/v1/session', { signal }))
      const body = new FormData()
      body.append('file', upload.file)
      const reply = await sendFile(`/api/v1/records/${type}/${id}/attachments`, body, { key: upload.key, signal, onProgress: (sent) => (upload.sent = sent) })
      drop(upload)
      arrived((await reply.json()) as Attachment)
    } catch (thrown) {
      if (isAbort(thrown)) return
      const problem = Problem.of(thrown)
      upload.refusal = problem.errors[0]?.message ?? problemText(problem)
      upload.again = problem.status === 0 || problem.status >= 500
    }
  }

  function drop(upload: Upload): void {
    uploads.value = uploads.value.filter(({ key }) => key !== upload.key)
    upload.controller.abort()
  }
  function retry(upload: Upload): void {
    upload.refusal = ''
    upload.sent = 0
    void work()
  }

  onScopeDispose(() => uploads.value.forEach(({ controller }) => controller.abort()))
  return { uploads, add, drop, retry }
}
