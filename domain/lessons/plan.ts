/** A line of the lesson plan («КТП») with how many earlier lessons of the journal have taken it. */
export type PlanLine = { id: string; hours: number; taken: number }

/** The line whose turn it is: the first, in the plan's order, with hours left; `null` when the plan is done. */
export function nextPlanLine(lines: readonly PlanLine[]): string | null {
  return lines.find(({ hours, taken }) => taken < hours)?.id ?? null
}
