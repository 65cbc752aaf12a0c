/** Something named by an `Id`. */
type Named = { readonly id: string; readonly name: string }

/** Times, resources or events by index, each once, ascending. */
export type XhsttGroup = Named & { readonly members: readonly number[] }

/** A set of times; a day and a week are told apart only here, constraints take them all alike. */
export type XhsttTimeGroup = XhsttGroup & { readonly kind: 'day' | 'week' | 'group' }

export type XhsttResource = Named & { readonly type: number }

/** Who takes part: `resource` is given, or `null` when somebody is to be found for the role. */
export type XhsttEventResource = {
  readonly resource: number | null
  readonly role: string | null
  readonly type: number | null
  readonly workload: number
}

/** What is to be timetabled: so many times of the week for these resources; a solution may split it. */
export type XhsttEvent = Named & {
  readonly duration: number
  /** The time given beforehand. */
  readonly time: number | null
  readonly resources: readonly XhsttEventResource[]
}

/** How a deviation becomes a cost; the last five were used before 2014. */
export const COST_FUNCTIONS = [
  'Step',
  'Linear',
  'Quadratic',
  'Sum',
  'SumSteps',
  'StepSum',
  'SumSquares',
  'SquareSum',
] as const
export type XhsttCostFunction = (typeof COST_FUNCTIONS)[number]

type Common = Named & {
  readonly required: boolean
  readonly weight: number
  readonly costFunction: XhsttCostFunction
  /** Where it begins in the file. */
  readonly line: number
}
type OfEvents = Common & { readonly events: readonly number[] }
type OfEventGroups = Common & { readonly eventGroups: readonly number[] }
type OfResources = Common & { readonly resources: readonly number[] }
type Limits = { readonly minimum: number; readonly maximum: number }

type BusyTimes<Kind> = OfResources & Limits & { readonly kind: Kind; readonly timeGroups: readonly number[] }

/** `second` begins so many times after the end of `first`. */
export type XhsttEventPair = {
  readonly first: number
  readonly second: number
  readonly minimum: number
  readonly maximum: number
}

/** A condition of the instance, as the specification names it; what it applies to is resolved to indices. */
export type XhsttConstraint =
  | (OfEvents & { readonly kind: 'AssignResource'; readonly role: string })
  | (OfEvents & { readonly kind: 'AssignTime' })
  | (OfEvents & {
      readonly kind: 'SplitEvents'
      readonly minimumDuration: number
      readonly maximumDuration: number
      readonly minimumAmount: number
      readonly maximumAmount: number
    })
  | (OfEvents & Limits & { readonly kind: 'DistributeSplitEvents'; readonly duration: number })
  | (OfEvents & {
      readonly kind: 'PreferResources'
      readonly role: string
      readonly preferred: readonly number[]
    })
  | (OfEvents & {
      readonly kind: 'PreferTimes'
      readonly preferred: readonly number[]
      /** Only meets of this duration, or all. */
      readonly duration: number | null
    })
  | (OfEventGroups & { readonly kind: 'AvoidSplitAssignments'; readonly role: string })
  | (OfEventGroups & {
      readonly kind: 'SpreadEvents'
      readonly timeGroups: readonly (Limits & { readonly group: number })[]
    })
  | (OfEventGroups & { readonly kind: 'LinkEvents' })
  | (Common & { readonly kind: 'OrderEvents'; readonly pairs: readonly XhsttEventPair[] })
  | (OfResources & { readonly kind: 'AvoidClashes' })
  | (OfResources & { readonly kind: 'AvoidUnavailableTimes'; readonly times: readonly number[] })
  | BusyTimes<'LimitIdleTimes'>
  | BusyTimes<'ClusterBusyTimes'>
  | BusyTimes<'LimitBusyTimes'>
  | (OfResources & Limits & { readonly kind: 'LimitWorkload' })

export type XhsttConstraintKind = XhsttConstraint['kind']

/** An instance of the High School Timetabling project; everything refers to everything else by index. */
export type XhsttInstance = Named & {
  /** In the order of the week; a meet of two times takes a time and the next one. */
  readonly times: readonly Named[]
  readonly timeGroups: readonly XhsttTimeGroup[]
  readonly resourceTypes: readonly Named[]
  readonly resourceGroups: readonly XhsttGroup[]
  readonly resources: readonly XhsttResource[]
  readonly eventGroups: readonly XhsttGroup[]
  readonly events: readonly XhsttEvent[]
  readonly constraints: readonly XhsttConstraint[]
}

/** A part of an event that is held in one go («solution event»); `time` is its first, or `null`. */
export type XhsttMeet = {
  readonly event: number
  readonly duration: number
  readonly time: number | null
  /** Who was found for the roles of the event. */
  readonly assigned: readonly { readonly role: string; readonly resource: number }[]
}

/** What a solution's author says it costs. */
export type XhsttReport = {
  readonly infeasibility: number
  readonly objective: number
  /** What is said of single constraints at single points; `on` and `constraint` are ids. */
  readonly costs: readonly { readonly on: string; readonly constraint: string; readonly cost: number }[]
}

/** A solution; events it does not mention have one meet of full duration without a time. */
export type XhsttSolution = {
  readonly instance: string
  /** The solution group it was published in. */
  readonly group: string
  readonly meets: readonly XhsttMeet[]
  readonly report: XhsttReport | null
}
