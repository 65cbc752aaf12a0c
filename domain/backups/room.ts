/** How far a disk may be filled for work that can wait: below so many hundredths taken, leaving so many bytes at least. */
export type RoomLine = { percent: number; spare: number }

/** Bytes to be freed on a disk before so many more fit below its line; 0 where they fit as it is. */
export function lackingRoom(
  { taken, free }: { taken: number; free: number },
  needed: number,
  { percent, spare }: RoomLine,
): number {
  const left = Math.min(((taken + free) * percent) / 100 - taken, free - spare)
  // A disk that stands at its line is past it.
  return needed < left ? 0 : Math.floor(needed - left) + 1
}
