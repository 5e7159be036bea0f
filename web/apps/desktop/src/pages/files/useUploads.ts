import { onScopeDispose, reactive, ref, type Ref } from 'vue'
import { answer, isAbort, newKey, Problem, type Attachment } from '@guanxi/client'
import { api } from '@/api'
import { t } from '@/i18n'
import { problemText } from '@/problemText'
import { sendFile } from '@/sendFile'

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

/** Files on their way. */
export interface Uploads {
  uploads: Ref<Upload[]>
  /** Sends files; done when none is on its way any more, rejected when one of them did not arrive. */
  add: (files: Iterable<File>) => Promise<void>
  drop: (upload: Upload) => void
  retry: (upload: Upload) => void
}

/** Sends files to a place, one after the other; `arrived` hears of each. */
export function useUploads(
  place: () => string,
  arrived: (attachment: Attachment) => void,
): Uploads {
  const uploads = ref<Upload[]>([])
  let flight: Promise<void> | null = null

  async function add(files: Iterable<File>): Promise<void> {
    const mine = new Set<string>()
    for (const file of files) {
      const refusal = file.size > LARGEST ? t('files.tooLarge') : file.size === 0 ? t('files.empty') : ''
      const upload = reactive({ key: newKey(), file, sent: 0, refusal, again: false, controller: new AbortController() }) as Upload
      uploads.value = [...uploads.value, upload]
      mine.add(upload.key)
    }
    await work()
    const refused = uploads.value.find(({ key, refusal }) => refusal && mine.has(key))
    if (refused) throw new Problem({ detail: refused.refusal }, 422)
  }

  function work(): Promise<void> {
    flight ??= sendAll().finally(() => (flight = null))
    return flight
  }
  async function sendAll(): Promise<void> {
    for (let next = waiting(); next; next = waiting()) await send(next)
  }
  const waiting = (): Upload | undefined => uploads.value.find(({ refusal }) => refusal === '')

  async function send(upload: Upload): Promise<void> {
    const { signal } = upload.controller
    try {
      // Also renews a session that has run out, so that nothing is sent in vain.
      await answer(api.GET('/api/v1/session', { signal }))
      const body = new FormData()
      body.append('file', upload.file)
      const reply = await sendFile(place(), body, { key: upload.key, signal, onProgress: (sent) => (upload.sent = sent) })
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
