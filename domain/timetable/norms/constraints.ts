import type { Constraint, People } from '../constraint.ts'
import { HARD } from '../constraint.ts'
import type { TimetableProblem } from '../problem.ts'
import { weightOf } from '../weight.ts'
import { bestLessons, difficultyOf, hardFrom, isExercise, isPrimary } from './difficulty.ts'
import { dailyLoad, LATER_PAUSE, TEACHER_WINDOWS } from './limits.ts'
import type { NormId } from './norm.ts'
import { normReference } from './norm.words.ts'
import { bellOf, lessonPeriods, type NormCard, type NormClass, type NormSetting } from './setting.ts'

/** Days, periods and activities of the problem that is being made. */
export type NormGrid = Pick<TimetableProblem, 'days' | 'periods' | 'activities' | 'teachers'>

type Scope = {
  readonly grid: NormGrid
  readonly setting: NormSetting
  readonly klass: NormClass
  readonly lessons: readonly NormCard[]
  /** In the row of lessons, whatever they are. */
  readonly row: readonly NormCard[]
  readonly later: readonly NormCard[]
  readonly people: People
}

/**
 * What a generator keeps so that a timetable keeps every norm it can: norms and whole days of classes hard,
 * recommendations as wishes with a weight in words. Bells, shifts and weekly loads are given, not composed.
 */
export function normConstraints(grid: NormGrid, setting: NormSetting): Constraint[] {
  const ofClasses = setting.classes.flatMap((klass, index) => {
    const cards = setting.cards.filter((card) => card.class === index)
    const isOfRow = ({ part, amongLessons }: NormCard) => part === 'lesson' || amongLessons
    const scope: Scope = {
      grid,
      setting,
      klass,
      lessons: cards.filter(({ part }) => part === 'lesson'),
      row: cards.filter(isOfRow),
      later: cards.filter((card) => !isOfRow(card)),
      people: { teachers: [], atoms: klass.atoms },
    }
    return [
      ...wholeDays(scope),
      ...loads(scope),
      ...places(scope),
      ...noDoubles(scope),
      ...exercise(scope),
      ...difficulty(scope),
    ]
  })
  return [...ofClasses, ...teachersWindows(grid)]
}

/** Periods of the row of lessons of a class: as many as its longest day may have, with one more for a block among them. */
export function rowPeriods(grid: NormGrid, setting: NormSetting, klass: NormClass): number[] {
  const index = setting.classes.indexOf(klass)
  const row = setting.cards.filter(
    (card) => card.class === index && (card.part === 'lesson' || card.amongLessons),
  )
  const own = lessonPeriods(setting, klass)
  const { usual, once } = dailyLoad(klass.grades, setting.month)
  const lessons = lengthOf(
    grid,
    row.filter(({ part }) => part === 'lesson'),
  )
  const days = grid.days.length
  const longest = lessons > usual * days ? once : usual
  const fits = lengthOf(grid, row) <= longest * days
  // Primary school has its blocks within the usual day; so what follows the lessons is not put off.
  const most = isPrimary(klass.grades) && fits ? longest : longest + 1
  return own.slice(0, most)
}

function asked(id: NormId): { weight: number; source: string } {
  return { weight: HARD, source: normReference(id) }
}

function wished(id: NormId, word: 'little' | 'matters' | 'much'): { weight: number; source: string } {
  return { weight: weightOf(word), source: normReference(id) }
}

function wholeDays({ people }: Scope): Constraint[] {
  if (people.atoms.length === 0) return []
  return [
    { kind: 'gaps', per: 'week', atMost: 0, people, ...asked('class-window') },
    { kind: 'late-starts', atMost: 0, people, ...asked('late-start') },
  ]
}

// With one lesson more than days times the usual load, one day takes it, and physical education is among its lessons.
function loads(scope: Scope): Constraint[] {
  const { grid, setting, klass, lessons, people } = scope
  if (lessons.length === 0 || people.atoms.length === 0) return []
  const { usual, once } = dailyLoad(klass.grades, setting.month)
  const only = lessons.map(({ activity }) => activity)
  const spare = lengthOf(grid, lessons) - usual * grid.days.length
  if (spare <= 0 || once === usual)
    return [{ kind: 'hours', only, atMost: usual, people, ...asked('daily-load') }]
  const others = new Set(
    lessons.filter(({ subject }) => !isExercise(subject)).map(({ activity }) => activity),
  )
  const points = grid.activities.map(({ length }, index) => (others.has(index) ? length : 0))
  return [
    {
      kind: 'hours',
      only,
      atMost: once,
      atLeast: usual,
      emptyDaysToo: true,
      people,
      ...asked('daily-load'),
    },
    { kind: 'day-points', points, atMost: grid.days.map(() => usual), people, ...asked('daily-load') },
  ]
}

function places(scope: Scope): Constraint[] {
  const { grid, setting, klass, row, later } = scope
  const periods = rowPeriods(grid, setting, klass)
  const found: Constraint[] = []
  if (row.length > 0 && periods.length > 0)
    found.push({
      kind: 'slots',
      activities: row.map(({ activity }) => activity),
      slots: slotsAt(grid, periods),
      ...asked('daily-load'),
    })
  const last = bellOf(setting, klass, periods.at(-1) ?? 0)
  const after = grid.periods
    .map((_, period) => ({ period, bell: bellOf(setting, klass, period) }))
    .filter(({ bell }) => bell !== null && last !== null && bell.startsAt - last.endsAt >= LATER_PAUSE)
    .map(({ period }) => period)
  if (later.length === 0 || after.length === 0) return found
  const activities = later.map(({ activity }) => activity)
  const soon = slotsAt(grid, soonest(scope, after))
  return [
    ...found,
    { kind: 'slots', activities, slots: slotsAt(grid, after), ...asked('pause-before-later') },
    { kind: 'starts', activities, slots: soon, ...wished('pause-before-later', 'matters') },
  ]
}

// Up to the first period in which the children of the class are free on some day at all.
function soonest({ grid, klass }: Scope, after: readonly number[]): number[] {
  const appointed = new Set(klass.appointed)
  const first = after.find((period) => slotsAt(grid, [period]).some((slot) => !appointed.has(slot)))
  return after.filter((period) => period <= (first ?? period))
}

function noDoubles({ klass, lessons }: Scope): Constraint[] {
  if (!isPrimary(klass.grades)) return []
  const subjects = new Set(lessons.map(({ subject }) => subject).filter((subject) => !isExercise(subject)))
  return [...subjects].flatMap((subject) => {
    const activities = lessons.filter((card) => card.subject === subject).map(({ activity }) => activity)
    if (activities.length < 2) return []
    return [{ kind: 'gap-between', periods: 1, activities, ...asked('double-lesson') } as const]
  })
}

function exercise({ grid, lessons }: Scope): Constraint[] {
  const activities = lessons.filter(({ subject }) => isExercise(subject)).map(({ activity }) => activity)
  if (activities.length === 0) return []
  const later = grid.periods.map((_, period) => period).slice(1)
  return [
    { kind: 'starts', activities, slots: slotsAt(grid, later), ...wished('exercise-first', 'matters') },
    { kind: 'not-last', activities, ...wished('exercise-last', 'little') },
  ]
}

// Shares of the week's points by day: most on Tuesday, a lighter Thursday, no heavy first and last day.
const SHARES: Readonly<Record<number, readonly number[]>> = {
  5: [0.97, 1.17, 1.1, 0.83, 0.93],
  6: [1, 1.2, 1.12, 0.88, 1, 0.8],
}

function difficulty(scope: Scope): Constraint[] {
  const { grid, klass, lessons, people } = scope
  const pointsOf = (subject: string) => difficultyOf(subject, klass.grades) ?? 0
  const of = new Map(lessons.map(({ activity, subject }) => [activity, pointsOf(subject)]))
  const points = grid.activities.map(({ length }, index) => (of.get(index) ?? 0) * length)
  const total = points.reduce((sum, value) => sum + value, 0)
  const hard = lessons.filter(({ subject }) => pointsOf(subject) >= hardFrom(klass.grades))
  const best = bestLessons(klass.grades)
  const activities = hard.map(({ activity }) => activity)
  const found: Constraint[] = []
  const shares = SHARES[grid.days.length]
  // Halves of a class taught at different hours have no common sum.
  if (total > 0 && shares && people.atoms.length === 1)
    found.push({
      kind: 'day-points',
      points,
      atMost: shares.map((share) => Math.ceil((share * total) / grid.days.length)),
      people,
      ...wished('difficulty-peak', 'little'),
    })
  if (hard.length === 0) return found
  const slots = slotsAt(
    grid,
    best.map((lesson) => lesson - 1),
  )
  found.push({ kind: 'starts', activities, slots, ...wished('hard-subject-time', 'little') })
  if (people.atoms.length > 0)
    found.push({
      kind: 'running',
      only: activities,
      atMost: best.length,
      people,
      ...wished('hard-subjects-running', 'little'),
    })
  return found
}

// Windows of a day together are at most what may stand in a row.
function teachersWindows({ teachers }: NormGrid): Constraint[] {
  const people = { teachers: teachers.map((_, index) => index), atoms: [] }
  return [{ kind: 'gaps', per: 'day', atMost: TEACHER_WINDOWS, people, ...wished('teacher-window', 'much') }]
}

function slotsAt({ days, periods }: NormGrid, at: readonly number[]): number[] {
  return days.flatMap((_, day) => at.map((period) => day * periods.length + period))
}

function lengthOf({ activities }: NormGrid, cards: readonly NormCard[]): number {
  return cards.reduce((sum, { activity }) => sum + (activities[activity]?.length ?? 1), 0)
}
