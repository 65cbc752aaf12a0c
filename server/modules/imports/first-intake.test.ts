import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nameWithInitials } from '#domain/people/short-names.ts'
import { studyDaysOf } from './assemble/centre.ts'
import type { IntakeData } from './intake-data.ts'
import { readFolder } from './read-folder.ts'
import { weekdayOfDay } from './values/times.ts'

const FOLDER = join(import.meta.dirname, '../../../demo/first-intake')
const check = readFileSync(join(FOLDER, 'ПРОВЕРКА.md'), 'utf8')
const reading = await readFolder(FOLDER)
const { data } = reading

// Rows of the first table under a heading, without its heading and rule.
function table(heading: string): string[][] {
  const section = check.split(`## ${heading}`)[1]?.split('\n## ')[0] ?? ''
  const rows = section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
  if (rows.length < 3) throw new Error(`no table under ${heading}`)
  return rows
}

function stated(label: RegExp): number {
  return Number(label.exec(check)?.[1])
}

const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0)
const text = (numbers: number[]): string[] => numbers.map(String)
const { classes, students, curriculum, assignments, timetable } = data
const nameOf = new Map(data.staff.map(({ key, name }) => [key, name.full]))
const childName = new Map(students.map(({ key, name }) => [key, name.full]))
const labelOf = new Map(classes.map(({ key, label }) => [key, label]))
const subjectOf = new Map(data.subjects.map(({ key, name }) => [key, name]))
const lessonsOf = (slots: IntakeData['timetable']): number =>
  new Set(slots.map(({ classKey, weekday, period }) => `${classKey}|${weekday}|${period}`)).size

test('the folder is read without a single fault', () => {
  expect(reading.files.flatMap(({ faults }) => faults)).toEqual([])
  expect(reading.files).toHaveLength(36)
})

test('the centre and its intake are those of the title', () => {
  const [, number, year, from, to] =
    /(\d)-й заезд (\d{4}\/\d{2}) учебного года \(([\d.]+) – ([\d.]+)\)/.exec(check) ?? []
  expect(data.intake).toMatchObject({ number: Number(number), schoolYear: year })
  expect([data.intake?.startsOn, data.intake?.endsOn]).toEqual(
    [from, to].map((day) => day?.split('.').reverse().join('-')),
  )
  expect(check).toContain(data.organizationName ?? 'no name')
})

test('the totals of the whole centre come out', () => {
  expect(data.staff).toHaveLength(stated(/Сотрудников: \*\*(\d+)/))
  expect(students).toHaveLength(stated(/Воспитанников: \*\*(\d+)/))
  expect(classes).toHaveLength(stated(/Классов: \*\*(\d+)/))
  expect(assignments).toHaveLength(stated(/Строк нагрузки: \*\*(\d+)/))
  expect(sum(assignments.map(({ hours }) => hours))).toBe(stated(/Часов нагрузки в неделю: \*\*(\d+)/))
  expect(lessonsOf(timetable)).toBe(stated(/Занятий в сетке расписания: \*\*(\d+)/))
  expect(timetable).toHaveLength(stated(/с учётом подгрупп: \*\*(\d+)/))
  expect(data.guardianLinks).toHaveLength(stated(/Законных представителей \(строк\): \*\*(\d+)/))
  expect(data.guardians).toHaveLength(stated(/без повторов у братьев и сестёр: \*\*(\d+)/))
})

test('children by class come out', () => {
  const row = (label: string, of: typeof students): string[] => {
    const count = (holds: (one: (typeof students)[number]) => boolean): number => of.filter(holds).length
    return [
      label,
      ...text([
        of.length,
        count(({ sex }) => sex === 'male'),
        count(({ sex }) => sex === 'female'),
        count(({ programme }) => programme?.adapted === false),
        count(({ programme }) => programme?.adapted === true),
        count(({ admission }) => admission === 'temporary'),
        count(({ admission }) => admission === 'enrolled'),
        count(({ arrivesOn }) => arrivesOn > '2026-11-02'),
        count(({ leavesOn }) => leavesOn < '2026-12-19'),
      ]),
    ]
  }
  const rows = table('Воспитанники по классам').map(([label = '']) =>
    row(
      label,
      label === 'Итого' ? students : students.filter(({ classKey }) => labelOf.get(classKey) === label),
    ),
  )
  expect(rows).toEqual(table('Воспитанники по классам'))
})

test('special families are kept as they are', () => {
  const guardiansOf = (name: string) =>
    data.guardianLinks.filter(({ studentKey }) => childName.get(studentKey) === name)
  const shared = (one: string, other: string): number =>
    guardiansOf(one).filter(({ guardianKey }) =>
      guardiansOf(other).some((link) => link.guardianKey === guardianKey),
    ).length
  expect(shared('Королёва Алёна Саввична', 'Королёв Фёдор Саввич')).toBe(2)
  expect(shared('Хабибуллин Тимур Рамилевич', 'Хабибуллина Алсу Рамилевна')).toBe(2)
  expect(shared('Берёзкина Мария Львовна', 'Берёзкина Маргарита Львовна')).toBe(2)
  expect(guardiansOf('Задорожный Семён Вячеславович').map(({ livesApart }) => livesApart)).toEqual([
    false,
    true,
  ])
  expect(guardiansOf('Незнамова Ульяна Петровна')).toMatchObject([{ kind: 'guardian' }])
  const without = students.filter(({ name }) => name.patronymic === null).map(({ name }) => name)
  expect(without).toMatchObject([
    { family: 'Нгуен', given: 'Минь Туан' },
    { family: 'Ким', given: 'Чжи У' },
    { family: 'Ли', given: 'Мария' },
  ])
  expect(students.find(({ name }) => name.family === 'Мамедов')?.name.patronymic).toBe('Расим оглы')
  expect(data.guardians.every(({ phone }) => phone === null || /^\+7\d{10}$/.test(phone))).toBe(true)
})

test('the curriculum comes out, and so do the lessons of the whole intake', () => {
  const { intake } = data
  if (intake === null) throw new Error('no intake')
  const days = studyDaysOf(intake, data.calendar)
  expect(days).toHaveLength(34)
  const isLesson = new Set(
    curriculum.filter(({ part }) => part === 'mandatory' || part === 'formed').map(({ key }) => key),
  )
  const subjectsOf = new Map(assignments.map(({ key, subjectKey }) => [key, subjectKey]))
  const rows = classes.map(({ key, label, weeklyLimit }) => {
    const hours = (...parts: string[]): number =>
      sum(
        curriculum
          .filter((line) => line.classKey === key && parts.includes(line.part))
          .map((line) => line.hours),
      )
    const slots = timetable.filter(({ classKey }) => classKey === key)
    const taught = slots.filter(({ assignmentKey }) =>
      isLesson.has(`${key}|${subjectsOf.get(assignmentKey)}`),
    )
    const lessons = days.map((day) =>
      lessonsOf(taught.filter(({ weekday }) => weekday === weekdayOfDay(day))),
    )
    return [
      label,
      ...text([
        hours('mandatory'),
        hours('formed'),
        hours('mandatory', 'formed'),
        weeklyLimit ?? 0,
        hours('extracurricular'),
        hours('corrective'),
        sum(lessons),
        lessonsOf(slots),
      ]),
    ]
  })
  const expected = table('Учебный план, часов в неделю')
  expect(rows.sort()).toEqual(expected.toSorted())
  expect(sum(rows.map((row) => Number(row[3])))).toBe(stated(/Сумма уроков в неделю по классам: \*\*(\d+)/))
})

test('the load of every teacher comes out', () => {
  const rows = data.staff
    .map(({ key, name }) => {
      const own = assignments.filter(({ teacherKey }) => teacherKey === key)
      const keys = new Set(own.map((assignment) => assignment.key))
      const slots = timetable.filter(({ assignmentKey }) => keys.has(assignmentKey))
      return [name.full, ...text([sum(own.map(({ hours }) => hours)), slots.length])]
    })
    .filter(([, hours]) => hours !== '0')
  expect(rows).toEqual(table('Нагрузка учителей'))
})

test('subgroups come out', () => {
  const sizes = (label: string, division: string): string => {
    const found = data.subgroups.filter(
      (one) => labelOf.get(one.classKey) === label && one.division === division,
    )
    return found.length === 0
      ? '—'
      : found
          .toSorted((one, other) => one.name.localeCompare(other.name))
          .map(({ memberKeys }) => memberKeys.length)
          .join(' + ')
  }
  const expected = table('Подгруппы (человек)')
  const rows = expected.map(([label = '']) => [
    label,
    sizes(label, 'Иностранный язык (английский)'),
    sizes(label, 'Информатика'),
    sizes(label, 'Физическая культура'),
  ])
  expect(rows).toEqual(expected)
})

test('lesson plans come out', () => {
  const rows = data.lessonPlans.map(({ subjectKey, classKey, hoursPerWeek, items }) => {
    const subject = subjectOf.get(subjectKey)?.replace('Иностранный язык (английский)', 'Английский язык')
    return [
      `${subject} ${labelOf.get(classKey)?.slice(0, -1)}`,
      ...text([hoursPerWeek, items.length, hoursPerWeek * 7]),
    ]
  })
  expect(rows.sort()).toEqual(table('КТП').toSorted())
  expect(rows).toHaveLength(stated(/Файлов: (\d+)/))
  expect(sum(data.lessonPlans.map(({ items }) => items.length))).toBe(stated(/тем всего: (\d+)/))
  expect(data.lessonPlans.every(({ teacherKeys }) => teacherKeys.length > 0)).toBe(true)
})

test('procedures and corrective groups come out', () => {
  expect(data.procedures).toHaveLength(stated(/Записей: (\d+)/))
  expect(data.procedures.filter(({ missedSubjectKey }) => missedSubjectKey !== null)).toHaveLength(
    stated(/с пропуском урока: (\d+)/),
  )
  expect(data.correctiveGroups).toHaveLength(stated(/Коррекционных групп: (\d+)/))
  const first = data.correctiveGroups[0]
  expect(first?.slots.map(({ weekday, startsAt }) => `${weekday} ${startsAt}`)).toEqual([
    '2 13:00',
    '5 13:00',
  ])
  expect(first?.memberKeys.map((key) => childName.get(key))).toContain('Королёва Алёна Саввична')
})

test('clubs come out', () => {
  const expected = table('Дополнительное образование')
  const rows = expected.map(([activity = '']) => {
    const groups = data.activityGroups.filter((group) => group.activity === activity)
    return [
      activity,
      ...text([
        groups.length,
        sum(groups.map(({ slots }) => slots.length)),
        sum(groups.map(({ memberKeys }) => memberKeys.length)),
      ]),
    ]
  })
  expect(rows).toEqual(expected)
})

test('marks from home schools come out', () => {
  const rows = data.incomingMarks.map((record) => {
    const student = students.find(({ key }) => key === record.studentKey)
    const marks = record.subjects.flatMap((subject) => subject.marks)
    const values = marks.filter(({ meaning }) => meaning !== 'absent')
    const own = data.homeSchools.find(({ key }) => key === student?.homeSchoolKey)?.name
    return [
      childName.get(record.studentKey),
      labelOf.get(student?.classKey ?? ''),
      own,
      ...text([record.form, record.subjects.length, values.length]),
    ]
  })
  const expected = table('Отметки с места обучения').map(([, ...row]) => row)
  expect(rows.toSorted()).toEqual(expected.toSorted())
})

test('everybody has the roles their work gives', () => {
  const roles = (family: string) => data.staff.find(({ name }) => name.family === family)?.roles
  expect(roles('Белозерская')).toEqual(['director'])
  expect(roles('Осокина')).toEqual(['deputy', 'teacher'])
  expect(roles('Тер-Акопян')).toEqual(['deputy'])
  expect(roles('Ким')).toEqual(['system-admin', 'teacher'])
  expect(roles('Щёголев')).toEqual(['teacher', 'journal-officer', 'activity-teacher'])
  expect(roles('Лапшина')).toEqual(['secretary'])
  expect(roles('Ефимова')).toEqual(['teacher', 'homeroom-teacher'])
  expect(roles('Лебедянская')).toEqual(['teacher', 'specialist', 'activity-teacher'])
  expect(roles('Пак')).toEqual(['activity-teacher'])
  expect(roles('Хлебникова')).toEqual(['specialist'])
  expect(roles('Ожегов')).toEqual(['carer'])
  expect(data.staff.filter(({ homeroomClassKey }) => homeroomClassKey !== null)).toHaveLength(12)
})

test('names in timetables and their bells belong to the right people and grades', () => {
  const [slot] = timetable.filter(
    ({ classKey, weekday, period }) => classKey === '1а' && weekday === 1 && period === 3,
  )
  const assignment = assignments.find(({ key }) => key === slot?.assignmentKey)
  expect(nameOf.get(assignment?.teacherKey ?? '')).toBe('Ефимова Ольга Ильинична')
  expect(slot).toMatchObject({ startsAt: '10:40', endsAt: '11:15', roomKey: '1' })
  const kim = data.staff.find(({ name }) => name.family === 'Ким')
  expect(kim === undefined ? '' : nameWithInitials(kim.name.full, [])).toBe('Ким Ч. Х.')
})

test('reading the folder again gives the same keys', async () => {
  const again = await readFolder(FOLDER)
  expect(again.data).toEqual(data)
})
