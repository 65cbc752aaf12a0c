/**
 * The fraction of two whole numbers, none of them negative, rounded to `digits` decimals, a half upwards: 23 ÷ 8 to two
 * digits is 2.88. Counted in whole numbers, since 2.875 is made of weights that no binary fraction holds (1.4, 1.8).
 */
export function roundedFraction(numerator: number, denominator: number, digits: number): number {
  const scale = 10 ** digits
  const [top, bottom] = [BigInt(numerator) * BigInt(scale), BigInt(denominator)]
  return Number((2n * top + bottom) / (2n * bottom)) / scale
}

/** What share `part` is of `whole`, in per cent with one decimal, a half upwards; `null` of nothing. */
export function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : roundedFraction(part * 100, whole, 1)
}
