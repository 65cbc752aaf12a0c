/**
 * Pseudo-random numbers (xorshift, 128 bits of state): the same seed gives the same numbers, and the state is plain.
 * Signed words of 32 bits throughout, which engines keep as integers; unsigned ones would be slow fractions.
 */
export class Random {
  private a: number
  private b = 362436069
  private c = 521288629
  private d = 88675123

  constructor(seed: number) {
    this.a = Math.imul(seed, 2654435761) || 1
    // Neighbouring seeds begin alike.
    for (let i = 0; i < 20; i++) this.next()
  }

  /** A signed whole number of 32 bits. */
  next(): number {
    const t = this.a ^ (this.a << 11)
    this.a = this.b
    this.b = this.c
    this.c = this.d
    this.d = this.d ^ (this.d >>> 19) ^ t ^ (t >>> 8)
    return this.d
  }

  /** At least 0, below 1. */
  unit(): number {
    return (this.next() >>> 0) / 4294967296
  }

  /** A whole number from 0 to `count - 1`. */
  below(count: number): number {
    return (this.next() >>> 1) % count
  }

  save(): number[] {
    return [this.a, this.b, this.c, this.d]
  }

  load([a = 1, b = 0, c = 0, d = 0]: readonly number[]): void {
    this.a = a
    this.b = b
    this.c = c
    this.d = d
  }
}
