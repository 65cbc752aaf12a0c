import type { Report } from '../faults.ts'
import type { LessonPlanItemRecord } from '../intake-data.ts'
import type { Mention } from '../sheet/cells.ts'
import { needText, readNumber, readText } from '../sheet/cells.ts'
import type { Line, Table } from '../sheet/table.ts'
import { recordLines, tablePlace, titlesOf } from '../sheet/table.ts'
import { NO_HOMEWORK, PLAN_TEACHERS, PLAN_TITLE } from '../values/terms.words.ts'
import { fold } from '../values/text.ts'

export type LessonPlanRow = {
  subject: Mention
  classUnit: Mention
  teachers: Mention[]
  hoursPerWeek: number
  textbook: string | null
  items: LessonPlanItemRecord[]
}

const MAX_TOPIC = 500

/** One plan: subject, class and teachers stand above the table of topics. */
export function readLessonPlan(table: Table, report: Report): LessonPlanRow[] {
  const items = readItems(table, report)
  const titles = titlesOf(table)
  const title = titles
    .map(({ text, at }) => ({ at, found: PLAN_TITLE.exec(text) }))
    .find(({ found }) => found !== null)
  const [, subject, classUnit, hours] = title?.found ?? []
  if (title === undefined || subject === undefined || classUnit === undefined || hours === undefined) {
    report(tablePlace(table), 'title-unreadable', titles[1]?.text ?? titles[0]?.text ?? null)
    return []
  }
  const [teachers, textbook] = readTeachers(titles)
  return [
    {
      subject: { text: subject, at: title.at },
      classUnit: { text: classUnit, at: title.at },
      teachers,
      hoursPerWeek: Number(hours.replace(',', '.')),
      textbook,
      items,
    },
  ]
}

function readTeachers(titles: Mention[]): [Mention[], string | null] {
  for (const { text, at } of titles) {
    const found = PLAN_TEACHERS.exec(text)
    if (found !== null) {
      const names = (found[1] ?? '').split(',').map((name) => ({ text: name.trim(), at }))
      return [names, found[2] ?? null]
    }
  }
  return [[], null]
}

function readItems(table: Table, report: Report): LessonPlanItemRecord[] {
  let section: string | null = null
  let number = 0
  const cells = new Map<number, string>()
  return recordLines(table).flatMap((line) => {
    // A section is written once, at its first topic.
    section = readText(line, 'section', report) ?? section
    const topic = needText(line, 'topic', report, MAX_TOPIC)
    const hours = readNumber(line, 'hours', report, { min: 0.5, max: 100, step: 0.5 })
    const minutes = readNumber(line, 'minutes', report, { min: 0, max: 300, step: 1 })
    number = readNumber(line, 'number', report, { min: 1, max: 1_000, step: 1 }) ?? number + 1
    const homework = readText(line, 'homework', report, MAX_TOPIC)
    const workForm = readText(line, 'workForm', report)
    if (topic === null) return []
    if (isRepeated(cells, line, { number, topic, report })) return []
    const given = taskOf(homework)
    return [{ number, section, topic, hours: hours ?? 1, workForm, homework: given, minutes }]
  })
}

type Numbered = { number: number; topic: string; report: Report }

function isRepeated(cells: Map<number, string>, line: Line, { number, topic, report }: Numbered): boolean {
  const same = cells.get(number)
  const at = line.at(line.has('number') ? 'number' : 'topic')
  if (same === undefined) cells.set(number, at.cell ?? '')
  else report(at, 'rows-differ', `№ ${number}, ${topic}`, { cell: same })
  return same !== undefined
}

// «Не задано» is said and takes an earlier task away; an empty cell says nothing.
function taskOf(homework: string | null): string | null {
  return homework !== null && NO_HOMEWORK.test(fold(homework)) ? '' : homework
}
