import type { PlacedTimetable, TimetableProblem } from '#domain/timetable/problem.ts'
import type { SavedSearch, SearchOptions, SearchProgress } from '#domain/timetable/solver/search-api.ts'

/** What a thread begins with; with `saved` it goes on where that search stopped. */
export type SearchTask = {
  readonly problem: TimetableProblem
  readonly options: SearchOptions
  readonly saved?: SavedSearch
  /** Steps after which the thread stops by itself. */
  readonly steps: number
}

/** What the owner of a thread says to it. */
export type ToSearch =
  | { readonly say: 'stop' }
  | { readonly say: 'adopt'; readonly timetable: PlacedTimetable }

/** What a thread says: how far it is, with the timetable when it is a better one; and its last word. */
export type FromSearch =
  | {
      readonly say: 'progress'
      readonly progress: SearchProgress
      readonly better?: PlacedTimetable
    }
  | {
      readonly say: 'stopped'
      readonly progress: SearchProgress
      readonly best: PlacedTimetable
      readonly saved: SavedSearch
    }
