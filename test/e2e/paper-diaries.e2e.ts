import type { Page } from '@playwright/test'
import type { DiaryAverage, DiaryChildren, DiaryDay, DiaryLesson, DiaryWeek } from '#contract/diary.ts'
import { addDays, type Day, mondayOf } from '#domain/calendar/day.ts'
import { nameWithInitials } from '#domain/people/short-names.ts'
import { averageText, capital, daySpan, longDay, roomText, shortDay } from '../../web/lib/formats.ts'
import { groupText } from '../../web/lib/group-text.ts'
import { timeText } from '../../web/lib/time-text.ts'
import { DEMO_TODAY, go, PAPER_HEAD, read, test } from './demo-centre.ts'
import { compared, type Paper, printed, withoutFoot } from './paper.ts'
import { expect } from './school.ts'

// The week before the running one, which has most of everything, of every child of the demo; `PAPER=all` prints every
// week of every child.
const everyWeek = process.env.PAPER === 'all'
const SHARDS = 2

// What may stand between the words of a lesson: never a lesson, a mark or a task a second time. The head of a table
// comes again on its next page.
const BETWEEN = /ПредметСредняяИзкакихотметок|сегодня|завтра|замена|порасписанию|отметка|урок|[·:«»,;—()]/g

test.describe.configure({ mode: 'parallel' })
// A trace of hundreds of screens would take longer than the screens.
test.use({ trace: 'off' })

for (let shard = 0; shard < SHARDS; shard++) {
  test(`no week of a diary loses anything on paper, part ${shard + 1} of ${SHARDS}`, async ({
    signedInAs,
  }) => {
    test.setTimeout(everyWeek ? 3_600_000 : 900_000)
    const page = await signedInAs('deputy')
    await page.goto('/diaries')
    const { students } = await read<DiaryChildren>(page, '/api/diaries')
    expect(students.length).toBeGreaterThan(100)
    const faults: string[] = []
    let lessons = 0
    for (const { id, name } of students.filter((_, n) => n % SHARDS === shard)) {
      for (const week of await weeksOf(page, id)) {
        await go(page, `/students/${id}/diary?day=${week.from}&view=week`)
        await expect(page.locator('#content header p').first()).toHaveText(leadOf(week))
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(week.student.name)
        await expect(page.locator('#content h2').first()).toBeVisible()
        faults.push(...faultsOf(week, await printed(page)).map((fault) => `${name}, ${week.from}: ${fault}`))
        lessons += week.days.flatMap((day) => day.lessons).length
      }
    }
    expect(faults).toEqual([])
    expect(lessons).toBeGreaterThan(1000)
  })
}

const leadOf = ({ student, from, to }: DiaryWeek) =>
  ['Дневник', student.className, daySpan(from, to)].filter(Boolean).join(' · ')

async function weeksOf(page: Page, studentId: string): Promise<DiaryWeek[]> {
  const weeks: DiaryWeek[] = []
  const thisWeek = mondayOf(DEMO_TODAY as Day)
  let monday: string | null = everyWeek ? thisWeek : addDays(thisWeek, -7)
  while (monday) {
    const week: DiaryWeek = await read<DiaryWeek>(page, `/api/students/${studentId}/diary?from=${monday}`)
    weeks.push(week)
    monday = everyWeek ? week.previous : null
  }
  return weeks.filter(({ days }) => days.some(({ lessons }) => lessons.length > 0))
}

function faultsOf(week: DiaryWeek, paper: Paper): string[] {
  const title = [week.student.name, leadOf(week)]
  const { missing, rest } = compared(withoutFoot(paper, ['Сосновый берег', ...title].join(' · ')), [
    ...PAPER_HEAD,
    ...title,
    ...week.days
      .filter((day) => day.lessons.length > 0 || day.event)
      .flatMap((day) => wordsOfDay(onceIn(week, day), week.student.className)),
    ...wordsOfAverages(week.averages),
    'классный руководитель',
    'родитель (законный представитель)',
  ])
  const extra = rest.replace(BETWEEN, '')
  return [
    ...missing.map((word) => `missing «${word}»`),
    ...(extra ? [`more than the diary has: ${extra}`] : []),
    ...paper.outside,
  ]
}

/** Homework stands once: where it is due, when that lesson is in the same week. */
function onceIn({ days }: DiaryWeek, day: DiaryDay): DiaryDay {
  const isDue = ({ subject, group, homework }: DiaryLesson) =>
    days.some(({ lessons }) =>
      lessons.some(
        ({ due, ...other }) =>
          due?.setOn === day.day &&
          due.text === homework?.text &&
          other.subject === subject &&
          other.group === group,
      ),
    )
  return {
    ...day,
    lessons: day.lessons.map((lesson) => (isDue(lesson) ? { ...lesson, homework: null } : lesson)),
  }
}

function wordsOfDay({ day, lessons, event, away, minutes }: DiaryDay, className: string | null): string[] {
  return [
    capital(longDay(day)),
    ...(minutes > 0 ? [`дома ${timeText(minutes)}`] : []),
    ...(lessons.length === 0 ? [event ?? (away ? 'Ребёнок не в центре.' : 'Занятий нет.')] : []),
    ...lessons.flatMap((lesson) => wordsOfLesson(lesson, className)),
  ]
}

function wordsOfLesson(lesson: DiaryLesson, className: string | null): string[] {
  const { subject, topic, due, homework, marks, attendance, room, teacher, substitute } = lesson
  const task = (label: string, { text, minutes }: { text: string; minutes: number | null }) => [
    label,
    text,
    minutes ? timeText(minutes) : null,
  ]
  return [
    `${lesson.period ?? '·'}`,
    lesson.startsAt,
    subject,
    groupText(subject, lesson.group, className),
    room && roomText(room),
    substitute && nameWithInitials(substitute, []),
    nameWithInitials(teacher, []),
    attendance?.name,
    attendance?.note,
    topic,
    ...(due ? task(`К уроку (задано ${shortDay(due.setOn)})`, due) : []),
    ...(homework ? task('На следующий урок', homework) : []),
    ...marks.flatMap(({ value, work, title, weight, comment }) => [
      value,
      work,
      title && `«${title}»`,
      weight !== 1 && `вес ${String(weight).replace('.', ',')}`,
      comment,
    ]),
  ].filter((word): word is string => Boolean(word))
}

function wordsOfAverages(averages: DiaryAverage[]): string[] {
  if (averages.length === 0) return []
  return [
    'Средние отметки за заезд',
    'Каждая отметка умножается на вес работы, сумма делится на сумму весов. Это не отметка за период.',
    'Предмет Средняя Из каких отметок',
    ...averages.flatMap(({ subject, average, marks }) => [
      subject,
      averageText(average),
      ...marks.flatMap(({ value, work, title, weight, day }) =>
        [
          value,
          work.toLowerCase(),
          title && `«${title}»`,
          shortDay(day),
          weight === 1 ? '' : `вес ${String(weight).replace('.', ',')}`,
        ].filter(Boolean),
      ),
    ]),
  ]
}
