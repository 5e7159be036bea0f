/** A photo of a receipt is read well at this many points along its longer side. */
const LONGEST_SIDE = 2000
/** What is as small as this is sent as it is. */
const SMALL = 400_000
const QUALITY = 0.82
const PHOTOS = new Set(['image/jpeg', 'image/png', 'image/webp'])

/** Draws a picture no larger than that, as a JPEG; null where the browser cannot read it. */
export type Draw = (file: File, side: number) => Promise<Blob | null>

/** A photo small enough for a phone's network; anything else, and what would only grow, stays as it is. */
export async function shrunk(file: File, draw: Draw = drawn): Promise<File> {
  if (!PHOTOS.has(file.type) || file.size <= SMALL) return file
  const smaller = await draw(file, LONGEST_SIDE).catch(() => null)
  if (!smaller || smaller.size >= file.size) return file
  return new File([smaller], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg', lastModified: file.lastModified })
}

async function drawn(file: File, side: number): Promise<Blob | null> {
  // As the camera was held, not as its sensor lies.
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const scale = Math.min(1, side / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  return await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
}
