import type { Locator } from '@playwright/test'
import { decodeQR, type FinderPoints, type Image } from 'qr/decode.js'

/** The white frame that ISO/IEC 18004 asks for around a QR code, in its squares. */
const FRAME = 4
// From this on a grey is light to a camera in a dim room, and up to that it is dark.
const LIGHT = 200
const DARK = 80

/** What a phone reads off a picture of squares, and what could keep a worse camera from reading it. */
export type Read = { text: string; faults: string[] }

/**
 * Reads the picture as it stands on the page, with what is around it: the text in it, and what is wrong with it for a
 * camera: light squares on dark, no white frame, squares smaller than two points.
 */
export async function readPicture(picture: Locator): Promise<Read> {
  // In the middle, where no bar of the frame covers it.
  await picture.evaluate((element) => element.scrollIntoView({ block: 'center' }))
  const file = await picture.screenshot({ animations: 'disabled' })
  const image = await pixelsOf(picture, file.toString('base64'))
  let found: FinderPoints | null = null
  const text = decodeQR(image, {
    effort: Number.POSITIVE_INFINITY,
    timeLimit: Number.POSITIVE_INFINITY,
    pointsOnDetect: (points) => {
      found = points
    },
  })
  if (!found) throw new Error('nothing was found in the picture')
  return { text, faults: faultsFor(image, found) }
}

/** What a browser makes of the file: it reads PNG, so nothing else has to. */
async function pixelsOf(picture: Locator, file: string): Promise<Image> {
  const { width, height, data } = await picture.evaluate(async (_, base64) => {
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas')
    context.drawImage(bitmap, 0, 0)
    const pixels = context.getImageData(0, 0, bitmap.width, bitmap.height)
    let binary = ''
    for (const byte of pixels.data) binary += String.fromCharCode(byte)
    return { width: bitmap.width, height: bitmap.height, data: btoa(binary) }
  }, file)
  return { width, height, data: new Uint8Array(Buffer.from(data, 'base64')) }
}

function faultsFor(image: Image, { tl, tr, bl, boundingBox }: FinderPoints): string[] {
  const faults: string[] = []
  for (const [corner, { x, y }] of Object.entries({ tl, tr, bl }))
    if (greyAt(image, x, y) > DARK) faults.push(`the middle of ${corner} is not dark`)
  const square = tl.moduleSize
  if (square < 2) faults.push(`squares of ${square.toFixed(1)} points`)
  // The middle of each square of the frame, all the way round.
  const { x, y, width, height } = boundingBox
  const across = Math.round(width / square)
  for (let row = -FRAME; row < across + FRAME; row++)
    for (let column = -FRAME; column < across + FRAME; column++) {
      const isInside = row >= 0 && row < across && column >= 0 && column < across
      if (isInside) continue
      const grey = greyAt(image, x + ((column + 0.5) * width) / across, y + ((row + 0.5) * height) / across)
      if (grey < LIGHT) faults.push(`the frame at ${column}, ${row} is ${grey}`)
    }
  return faults
}

/** How light a point is, 0 to 255; what lies outside the picture belongs to the page and is taken for dark. */
function greyAt({ width, height, data }: Image, x: number, y: number): number {
  const column = Math.floor(x)
  const row = Math.floor(y)
  if (column < 0 || row < 0 || column >= width || row >= height) return 0
  const at = (row * width + column) * 4
  return Math.min(...[0, 1, 2].map((colour) => data[at + colour] ?? 0))
}
