import type { NormSetting } from '#domain/timetable/norms/setting.ts'
import type { PlacedTimetable, TimetableProblem } from '#domain/timetable/problem.ts'
import type { Unsupported } from '#modules/timetable/index.ts'
import type { OutputFile } from './outputs.ts'

/** A file of any format as a problem, with the timetable it holds, and the way back into its own format. */
export type LoadedFile = {
  name: string
  problem: TimetableProblem
  given: PlacedTimetable | null
  /** Cards of `given` that its own program has locked; `solve` leaves them where they are. */
  locked?: readonly number[]
  /** Cards that are not in every week or term: they are composed as if they were, and their clashes are not judged. */
  notEveryWeek?: readonly number[]
  /** What norms need to know besides; only the tables of an intake say it. */
  norms?: NormSetting
  unsupported: readonly Unsupported[]
  /** The timetable in the format of the file; empty when that format cannot hold one. */
  files: (timetable: PlacedTimetable) => Promise<OutputFile[]>
}
