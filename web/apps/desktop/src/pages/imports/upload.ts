import { answer, newKey, type Import } from '@guanxi/client'
import { api } from '@/api'
import { sendFile } from '@/sendFile'
import type { ImportType } from './mapping'

/** The largest file the server takes. */
export const LARGEST_FILE = 200 * 1024 * 1024

interface Upload {
  signal: AbortSignal
  onProgress: (sent: number, size: number) => void
}

/** Sends a file, telling how much has arrived. */
export async function upload(file: File, type: ImportType, { signal, onProgress }: Upload): Promise<Import> {
  // Also renews a session that has run out, so that 200 MB are not sent in vain.
  await answer(api.GET('/api/v1/session', { signal }))
  const body = new FormData()
  body.append('type', type)
  body.append('file', file)
  const reply = await sendFile('/api/v1/imports', body, { key: newKey(), signal, onProgress })
  return (await reply.json()) as Import
}
