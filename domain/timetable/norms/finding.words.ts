import type { TimetableProblem } from '../problem.ts'
import type { NormFinding } from './finding.ts'
import type { NormId } from './norm.ts'
import { normReference } from './norm.words.ts'
import type { NormSetting } from './setting.ts'

/** A finding as people read it: whose, when, what stands there and what should, by which act. */
export function findingText(found: NormFinding, problem: TimetableProblem, setting: NormSetting): string {
  const who =
    found.teacher === null
      ? `${setting.classes[found.class ?? -1]?.name ?? ''}`
      : (problem.teachers[found.teacher]?.name ?? '')
  const when = found.day === null ? '' : `, ${(problem.days[found.day] ?? '').toLowerCase()}`
  return `${who}${when}: ${SENTENCE[found.norm](found)} (${normReference(found.norm)})`
}

const clock = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`

const SENTENCE: Record<NormId, (found: NormFinding) => string> = {
  'weekly-load': ({ figure, limit }) => `уроков за неделю ${figure}, можно не больше ${limit}`,
  'daily-load': ({ figure, limit }) => `уроков за день ${figure}, обычно не больше ${limit}`,
  'extracurricular-load': ({ figure, limit }) =>
    `внеурочных и коррекционных часов ${figure}, можно не больше ${limit}`,
  'difficulty-peak': ({ figure, limit }) =>
    `самый трудный день недели (${figure} баллов), а во вторник и среду не больше ${limit}`,
  'lighter-day': ({ figure, limit }) =>
    `в среду и четверг не легче среднего дня: ${figure} баллов при средних ${limit}`,
  'day-difficulty': ({ figure, limit }) => `трудность дня ${figure} баллов, советуют не больше ${limit}`,
  'hard-subject-time': ({ figure, limit, subject }) =>
    `${subject} на ${figure}-м уроке, лучше со 2-го по ${limit}-й`,
  'hard-subjects-running': ({ figure, limit }) => `трудных уроков подряд ${figure}, лучше не больше ${limit}`,
  'exercise-first': () => 'физкультура стоит первым уроком',
  'exercise-last': ({ figure }) => `физкультура всегда последним уроком (дней: ${figure})`,
  'double-lesson': ({ subject }) => `${subject}: два урока подряд`,
  'class-window': ({ figure }) => `окон у класса: ${figure}`,
  'late-start': ({ figure }) => `занятия начинаются с ${figure}-го урока`,
  'short-break': ({ figure, limit }) => `есть перемена ${figure} мин, нужно не меньше ${limit}`,
  'long-break': ({ figure, limit }) =>
    `после 2-го и 3-го уроков самая длинная перемена ${figure} мин, нужно не меньше ${limit}`,
  'dynamic-pause': ({ figure, limit }) => `динамическая пауза ${figure} мин, нужно не меньше ${limit}`,
  'day-bounds': ({ figure, limit }) => `занятия в ${clock(figure)}, граница ${clock(limit)}`,
  'zero-lesson': () => 'есть нулевой урок',
  'second-shift': () => 'класс учится во вторую смену, а может только в первую',
  'lesson-length': ({ figure, limit }) => `урок ${figure} мин, можно не больше ${limit}`,
  'teacher-window': ({ figure, limit }) => `окон подряд ${figure}, можно не больше ${limit}`,
  'pause-before-later': ({ figure, limit }) =>
    `перед внеурочным занятием ${figure} мин, нужно не меньше ${limit}`,
}
