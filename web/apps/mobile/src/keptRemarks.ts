import { watch } from 'vue'
import { remarks } from '@/pages/approvals/remarks'

const KEY = 'gx.phone.remarks'

/** Keeps what was begun to be said beyond a reload, until this tab is closed: a phone drops pages as it likes. */
export function keepRemarks(storage: Pick<Storage, 'getItem' | 'setItem'> = sessionStorage): void {
  for (const [seat, text] of read(storage.getItem(KEY))) remarks.set(seat, text)
  watch(
    () => JSON.stringify([...remarks]),
    (now) => storage.setItem(KEY, now),
  )
}

function read(kept: string | null): [string, string][] {
  try {
    const found: unknown = JSON.parse(kept ?? '[]')
    return Array.isArray(found) ? found.filter((pair): pair is [string, string] => Array.isArray(pair) && pair.every((one) => typeof one === 'string')) : []
  } catch {
    return []
  }
}
