import { expect, test } from 'vitest'
import type { DiaryDay, DiaryLesson } from '#contract/diary.ts'
import { shownWhereDue } from './homework-once.ts'

type Part = Partial<Pick<DiaryLesson, 'homework' | 'due' | 'subject' | 'group'>>
const lesson = (id: string, part: Part) =>
  ({ id, subject: 'Физика', group: null, homework: null, due: null, ...part }) as DiaryLesson
const day = (on: string, ...lessons: DiaryLesson[]) => ({ day: on, lessons }) as DiaryDay
const task = (text: string) => ({ text, minutes: 20 })

test('homework stands where it is due, and where it was set only when its lesson is in another week', () => {
  const days = [
    day('2026-11-09', lesson('mon', { homework: task('§ 3') })),
    day('2026-11-12', lesson('thu', { due: { ...task('§ 3'), setOn: '2026-11-09' }, homework: task('§ 4') })),
  ]
  expect([...shownWhereDue(days)]).toEqual(['mon'])
})

test('another subject, another group and another day are other homework', () => {
  const due = (part: Part) => lesson('due', { due: { ...task('§ 3'), setOn: '2026-11-09' }, ...part })
  const set = day('2026-11-09', lesson('set', { homework: task('§ 3') }))
  for (const other of [due({ subject: 'Химия' }), due({ group: 'мальчики' })])
    expect(shownWhereDue([set, day('2026-11-12', other)]).size).toBe(0)
  const tuesday = day('2026-11-10', lesson('set', { homework: task('§ 3') }))
  expect(shownWhereDue([tuesday, day('2026-11-12', due({}))]).size).toBe(0)
})
