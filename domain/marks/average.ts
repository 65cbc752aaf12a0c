import { isMarkValue } from './mark.ts'
import { roundedFraction } from './rounding.ts'

/** A mark as an average sees it: what was given, and how much the work counts. */
export type WeightedMark = { value: string; weight: number }

// Weights have at most two decimals, so in hundredths they are whole.
const HUNDREDTHS = 100

/**
 * The weighted average («средневзвешенная»): Σ(mark × weight) / Σ(weight) over marks 2–5 of works that count, to two
 * decimals with a half upwards, exactly; `null` when there is nothing to average.
 */
export function weightedAverage(marks: readonly WeightedMark[]): number | null {
  let sum = 0
  let weights = 0
  for (const { value, weight } of marks) {
    const hundredths = Math.round(weight * HUNDREDTHS)
    if (!isMarkValue(value) || hundredths <= 0) continue
    sum += Number(value) * hundredths
    weights += hundredths
  }
  return weights === 0 ? null : roundedFraction(sum, weights, 2)
}
