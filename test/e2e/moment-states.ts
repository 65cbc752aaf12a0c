import type { Page } from '@playwright/test'
import {
  type MomentLesson,
  MomentLessonPage,
  type MomentLine,
  MomentOverview,
  MomentStudentPage,
  TakeBack,
  TakenBack,
} from '#contract/moments.ts'
import { ids } from '../small-school.ts'

const AT = '2026-11-12T08:00:00.000Z'

const line = (more: Partial<MomentLine> & Pick<MomentLine, 'part'>): MomentLine => ({
  studentId: null,
  student: null,
  workId: null,
  work: null,
  before: null,
  now: null,
  version: 2,
  difference: 'gone',
  takeable: true,
  ...more,
})
const anna = { studentId: ids.anna, student: 'Абрамова Анна' }
const boris = { studentId: ids.boris, student: 'Белов Борис' }
const answer = { workId: ids.today, work: 'Ответ на уроке' }
const stood = (value: string | null, more: string | null = null) => ({ value, more })

const LINES: MomentLine[] = [
  line({ part: 'topic', before: stood('Диффузия в газах и жидкостях') }),
  line({
    part: 'homework',
    before: stood('§ 12, вопросы 1–4', '20'),
    now: stood('Не то задание'),
    difference: 'changed',
  }),
  line({
    part: 'attendance',
    ...anna,
    before: stood(null),
    now: stood(null),
    difference: 'same',
    takeable: false,
  }),
  line({ part: 'mark', ...anna, ...answer, before: stood('5', 'у доски') }),
  line({ part: 'attendance', ...boris, now: stood('н'), difference: 'came', takeable: false }),
  line({
    part: 'mark',
    ...boris,
    ...answer,
    before: stood('4'),
    now: stood('2'),
    difference: 'changed',
  }),
]

const LESSON: MomentLesson = {
  lesson: {
    id: ids.today,
    journalId: ids.physics7,
    kind: 'lessons',
    gradeless: false,
    subject: 'Физика',
    group: '7А',
    day: '2026-11-12',
    period: 2,
    startsAt: '09:50',
    endsAt: '10:30',
    room: '34',
    state: 'today',
  },
  teacher: 'Саркисов Вадим Рубенович',
  teaches: true,
  stood: true,
  lines: LINES,
  others: 1,
  codes: [{ code: 'н', name: 'Отсутствие' }],
}

/** Lets the page hear of an open moment; what is taken back stands in the journal from then on. */
export async function hearMoment(page: Page): Promise<{ sent: TakeBack[] }> {
  const sent: TakeBack[] = []
  let lesson = LESSON
  const moment = { stage: 'open', asked: AT, at: AT, closesAt: '2026-11-12T20:00:00.000Z' }
  await page.route('**/api/moment', (route) => route.fulfill({ json: MomentOverview.parse({ moment }) }))
  await page.route('**/api/moment/lessons/*', (route) =>
    route.fulfill({ json: MomentLessonPage.parse({ at: AT, lesson }) }),
  )
  await page.route('**/api/moment/students/*', (route) => {
    const student = { id: ids.anna, name: 'Абрамова Анна Сергеевна' }
    const lines = lesson.lines.filter(({ studentId }) => studentId === ids.anna)
    const lessons = [{ ...lesson, others: 0, lines }]
    const span = { from: '2026-10-30', to: '2026-11-12' }
    return route.fulfill({ json: MomentStudentPage.parse({ at: AT, student, ...span, lessons }) })
  })
  await page.route('**/api/moment/taken-back', (route) => {
    const body = TakeBack.parse(route.request().postDataJSON())
    sent.push(body)
    if (body.kind === 'homework')
      return route.fulfill({ status: 409, json: { refusal: 'version-conflict', message: 'Изменено.' } })
    lesson = { ...lesson, lines: lesson.lines.map((one) => (isTaken(one, body) ? restored(one) : one)) }
    return route.fulfill({ json: TakenBack.parse({ outcome: 'written' }) })
  })
  return { sent }
}

function isTaken({ part, studentId, workId }: MomentLine, body: TakeBack): boolean {
  if (body.kind !== 'cells') return part === 'topic' && body.kind === 'record'
  return body.cells.some((cell) => cell.studentId === studentId && (cell.workId ?? null) === workId)
}

const restored = (one: MomentLine): MomentLine => ({
  ...one,
  now: one.before,
  difference: 'same',
  takeable: false,
})
