import { deviationsOf, type XhsttPointOf } from './deviations.ts'
import type {
  XhsttConstraint,
  XhsttConstraintKind,
  XhsttCostFunction,
  XhsttInstance,
  XhsttSolution,
} from './instance.ts'
import { occupancyOf } from './occupancy.ts'

/** A point where a constraint costs something: an event, event group, pair or resource by index. */
export type XhsttCostAt = {
  readonly of: XhsttPointOf
  readonly index: number
  readonly deviation: number
  readonly cost: number
}

/** What one constraint costs; `at` lists only points that cost. */
export type XhsttConstraintCost = {
  readonly id: string
  readonly kind: XhsttConstraintKind
  readonly required: boolean
  readonly cost: number
  readonly at: readonly XhsttCostAt[]
}

/** Costs of a solution: of the required constraints, of the others, and of each by itself. */
export type XhsttEvaluation = {
  readonly infeasibility: number
  readonly objective: number
  readonly byConstraint: readonly XhsttConstraintCost[]
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

// Since 2014 a function takes the whole deviation of a point; before, some took its parts one by one.
const COST: Record<XhsttCostFunction, (parts: readonly number[]) => number> = {
  Step: (parts) => Number(sum(parts) > 0),
  Linear: sum,
  Quadratic: (parts) => sum(parts) ** 2,
  Sum: sum,
  SumSteps: (parts) => parts.filter((part) => part > 0).length,
  StepSum: (parts) => Number(sum(parts) > 0),
  SumSquares: (parts) => sum(parts.map((part) => part ** 2)),
  SquareSum: (parts) => sum(parts) ** 2,
}

/** The cost of a deviation, given by its parts, at one point of the constraint. */
export function costOf(constraint: XhsttConstraint, parts: readonly number[]): number {
  return constraint.weight * COST[constraint.costFunction](parts)
}

/**
 * What the solution costs by the specification of the High School Timetabling project (XHSTT-2014): at each point of
 * application weight × function(deviation); required constraints add to the infeasibility, the others to the
 * objective. Slow and exact.
 */
export function evaluateXhstt(instance: XhsttInstance, solution: XhsttSolution): XhsttEvaluation {
  const occupancy = occupancyOf(instance, solution)
  const byConstraint = instance.constraints.map((constraint): XhsttConstraintCost => {
    const { id, kind, required } = constraint
    const at = deviationsOf(constraint, occupancy).flatMap(({ of, index, parts }): XhsttCostAt[] => {
      const deviation = sum(parts)
      return deviation > 0 ? [{ of, index, deviation, cost: costOf(constraint, parts) }] : []
    })
    return { id, kind, required, cost: sum(at.map(({ cost }) => cost)), at }
  })
  const total = (required: boolean): number =>
    sum(byConstraint.filter((one) => one.required === required).map(({ cost }) => cost))
  return { infeasibility: total(true), objective: total(false), byConstraint }
}
