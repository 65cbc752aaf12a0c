import { type ClassView, classOf, slotsOf } from './check-load.ts'
import { finding, type NormFinding } from './finding.ts'
import {
  DAY_FROM,
  DAY_TO,
  DYNAMIC_PAUSE,
  firstShiftOnly,
  LATER_PAUSE,
  LONG_BREAK,
  lessonMinutes,
  SHORT_BREAK,
} from './limits.ts'
import { bellOf, type NormBell, type NormCard } from './setting.ts'

/** Bells of the periods a class uses: lengths, breaks, the bounds of the day, its shift, the pause after lessons. */
export function bellFindings(view: ClassView): NormFinding[] {
  const klass = classOf(view)
  const { index, setting, cards } = view
  const used = [...new Set(cards.map(({ period }) => period))].sort((a, b) => a - b)
  const bells = used.map((period) => bellOf(setting, klass, period)).filter((bell) => bell !== null)
  const at = { class: index }
  const found: NormFinding[] = []
  if (klass.shift === 2 && firstShiftOnly(klass.grades, klass.adapted))
    found.push(finding('second-shift', 2, 1, at))
  if (bells.some(({ number }) => number < 1)) found.push(finding('zero-lesson', 0, 1, at))
  const early = Math.min(...bells.map(({ startsAt }) => startsAt))
  const late = Math.max(...bells.map(({ endsAt }) => endsAt))
  if (early < DAY_FROM) found.push(finding('day-bounds', early, DAY_FROM, at))
  if (late > DAY_TO) found.push(finding('day-bounds', late, DAY_TO, at))
  return [...found, ...lengthFindings(view, bells), ...breakFindings(view), ...pauseFindings(view)]
}

function lengthFindings(view: ClassView, bells: readonly NormBell[]): NormFinding[] {
  const { grades, adapted } = classOf(view)
  const most = lessonMinutes(grades, adapted, view.setting.month)
  // Extracurricular hours of the youngest borrow the bells of others.
  const own = bells.filter((bell) => !bell.extracurricular && bell.grades.includes(grades[0] ?? 0))
  const longest = Math.max(0, ...own.map((bell) => bell.endsAt - bell.startsAt))
  return longest > most ? [finding('lesson-length', longest, most, { class: view.index })] : []
}

// Breaks between neighbouring lessons of the class's own bells; a long one stands after the second or third.
function breakFindings(view: ClassView): NormFinding[] {
  const klass = classOf(view)
  const own = view.setting.bells
    .filter(({ grades, number }) => grades.includes(klass.grades[0] ?? 0) && number > 0)
    .sort((a, b) => a.startsAt - b.startsAt)
  const breaks = own.slice(1).map((bell, index) => ({
    after: own[index]?.number ?? 0,
    minutes: bell.startsAt - (own[index]?.endsAt ?? bell.startsAt),
  }))
  const at = { class: view.index }
  const short = breaks.filter(({ minutes }) => minutes < SHORT_BREAK)
  const middle = breaks.filter(({ after }) => after === 2 || after === 3).map(({ minutes }) => minutes)
  const longest = Math.max(0, ...middle)
  const needed = klass.grades.includes(1) ? DYNAMIC_PAUSE : LONG_BREAK
  return [
    ...short.slice(0, 1).map(({ minutes }) => finding('short-break', minutes, SHORT_BREAK, at)),
    ...(middle.length > 0 && longest < needed
      ? [finding(needed === LONG_BREAK ? 'long-break' : 'dynamic-pause', longest, needed, at)]
      : []),
  ]
}

function pauseFindings(view: ClassView): NormFinding[] {
  const isOfRow = ({ part, amongLessons }: NormCard) => part === 'lesson' || amongLessons
  const row = view.cards.filter(isOfRow)
  const later = view.cards.filter((card) => !isOfRow(card))
  return view.problem.days.flatMap((_, day) => {
    const minutes = pauseBefore(view, slotsOf(later, day), slotsOf(row, day))
    if (minutes === null || minutes >= LATER_PAUSE) return []
    return [finding('pause-before-later', minutes, LATER_PAUSE, { class: view.index, day })]
  })
}

// Minutes between the lessons of a day and what follows them: 0 among lessons, null without one of the two.
function pauseBefore(view: ClassView, [first]: readonly number[], row: readonly number[]): number | null {
  const last = row.at(-1)
  if (first === undefined || last === undefined) return null
  if (last > first) return 0
  const klass = classOf(view)
  const [starts, ends] = [bellOf(view.setting, klass, first), bellOf(view.setting, klass, last)]
  return starts === null || ends === null ? null : starts.startsAt - ends.endsAt
}
