/** How many cells one packet to the server may carry, and of how many lessons: each lesson is a lock of the database. */
export const PACKET_LIMITS = { cells: 2100, lessons: 120 } as const

/** The fewest packets, in order, that carry these cells within `PACKET_LIMITS`. */
export function packetsOf<Cell extends { lessonId: string }>(cells: readonly Cell[]): Cell[][] {
  const packets: Cell[][] = []
  let lessons = new Set<string>()
  for (const cell of cells) {
    const last = packets.at(-1)
    const fits = lessons.has(cell.lessonId) || lessons.size < PACKET_LIMITS.lessons
    if (last && fits && last.length < PACKET_LIMITS.cells) last.push(cell)
    else {
      packets.push([cell])
      lessons = new Set()
    }
    lessons.add(cell.lessonId)
  }
  return packets
}
