import { isMarkValue } from './mark.ts'

/** A mark as an average sees it: what was given, and how much the work counts. */
export type WeightedMark = { value: string; weight: number }

/**
 * The weighted average («средневзвешенная»): Σ(mark × weight) / Σ(weight) over marks 2–5 of works that count;
 * `null` when there is nothing to average.
 */
export function weightedAverage(marks: readonly WeightedMark[]): number | null {
  let sum = 0
  let weights = 0
  for (const { value, weight } of marks) {
    if (!isMarkValue(value) || weight <= 0) continue
    sum += Number(value) * weight
    weights += weight
  }
  return weights === 0 ? null : sum / weights
}
