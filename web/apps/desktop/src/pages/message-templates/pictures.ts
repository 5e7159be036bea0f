import { api } from '@/api'

/** A picture stands in a text by the name under which it goes along in the mail. */
const SHOWN = /cid:([0-9a-f-]{36})@files/g
const SOURCES = new Map<string, Promise<string>>()

/** The kinds of pictures that programmes for mail show everywhere. */
export const SHOWABLE = ['image/png', 'image/jpeg', 'image/gif']
/** The width of a mail's text; wider pictures are shown as wide as that. */
const WIDEST = 544

/** How a file is named where it stands in a text. */
export const shownAs = (id: string): string => `cid:${id}@files`

/** The file that a name in a text means; empty if it means none. */
export const fileOf = (source: string): string => /^cid:([0-9a-f-]{36})@files$/.exec(source)?.[1] ?? ''

/** A picture as an address that any page can show, also one without rights. */
export function pictureSource(id: string): Promise<string> {
  const known = SOURCES.get(id)
  if (known) return known
  const found = load(id)
  SOURCES.set(id, found)
  found.catch(() => SOURCES.delete(id))
  return found
}

async function load(id: string): Promise<string> {
  const { data } = await api.GET('/api/v1/attachments/{id}/content', { params: { path: { id } }, parseAs: 'blob' })
  return await new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'))
    reader.readAsDataURL(data as unknown as Blob)
  })
}

/** A page with its pictures in it; one that cannot be had is shown by its name. */
export async function withPictures(html: string): Promise<string> {
  const ids = new Set([...html.matchAll(SHOWN)].map(([, id = '']) => id))
  const found = new Map<string, string>()
  await Promise.all([...ids].map(async (id) => pictureSource(id).then((source) => found.set(id, source), () => undefined)))
  return html.replace(SHOWN, (whole, id: string) => found.get(id) ?? whole)
}

/** How wide a picture is shown in a mail. */
export async function widthOf(file: File): Promise<number> {
  const bitmap = await createImageBitmap(file)
  const { width } = bitmap
  bitmap.close()
  return Math.min(width, WIDEST)
}
