/** How many bits are set: lessons of a day. */
export function bitCount(mask: number): number {
  const pairs = mask - ((mask >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** The lowest bit that is set: the first lesson. */
export function lowestBit(mask: number): number {
  return 31 - Math.clz32(mask & -mask)
}

/** The highest bit that is set: the last lesson. */
export function highestBit(mask: number): number {
  return 31 - Math.clz32(mask)
}

/** Bits `from` to `to`, both included. */
export function bitsBetween(from: number, to: number): number {
  return ((2 << to) - 1) & ~((1 << from) - 1)
}
