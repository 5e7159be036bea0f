import { useSession } from '@/stores/session'

/** A file that was uploaded but not brought in yet. */
export interface LastImport {
  id: string
  filename: string
}

function place(): string {
  const session = useSession()
  return `gx.import.last.${session.tenant?.slug ?? ''}.${session.user?.id ?? ''}`
}

/** The file last worked on in this browser, as long as it was not brought in. */
export function lastImport(): LastImport | null {
  const kept = localStorage.getItem(place())
  if (!kept) return null
  try {
    return JSON.parse(kept) as LastImport
  } catch {
    forgetLastImport()
    return null
  }
}

/** Notes the file being worked on. */
export function rememberImport({ id, filename }: LastImport): void {
  localStorage.setItem(place(), JSON.stringify({ id, filename }))
}

/** Drops the note: the file was brought in, given up, or is gone. */
export function forgetLastImport(): void {
  localStorage.removeItem(place())
}
