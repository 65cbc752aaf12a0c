import { describe, expect, test } from 'vitest'
import { HARD } from '../constraint.ts'
import { brokenPlaces, isHardPlace } from '../constraints/cost.ts'
import { NOWHERE, type PlacedTimetable, type TimetableProblem } from '../problem.ts'
import { checkNorms } from './check.ts'
import { normConstraints } from './constraints.ts'
import { findingText } from './finding.words.ts'
import { NORMS, type NormId } from './norm.ts'
import { NORM_TEXT, normReference, SOURCE_TEXT } from './norm.words.ts'
import type { CardPart, NormBell, NormClass, NormSetting } from './setting.ts'

// A day is a list of subjects, null a free period; «*» marks extracurricular, «!» one among the lessons.
type Week = readonly (readonly (string | null)[])[]
type Told = {
  grades?: number[]
  adapted?: boolean
  shift?: 1 | 2
  month?: number | null
  bells?: NormBell[]
  days?: number
}

const DAYS = ['Понедельник', 'Вторник', 'Среда', 'Четверг', 'Пятница', 'Суббота']

// Lessons of 40 minutes from 8:30 with breaks of 10 and 20, an extracurricular eighth after half an hour.
const STARTS = [510, 560, 620, 680, 735, 785, 835, 905, 955]
const bellsFor = (grades: number[], change: (bell: NormBell) => Partial<NormBell> = () => ({})): NormBell[] =>
  STARTS.map((startsAt, period) => {
    const bell = {
      grades,
      period,
      number: period + 1,
      startsAt,
      endsAt: startsAt + 40,
      extracurricular: period > 6,
    }
    return { ...bell, ...change(bell) }
  })

// Bells of grade 1: 35 minutes and a pause of 45 after the second lesson.
const FIRST_GRADE = bellsFor([1], ({ period, startsAt }) => ({
  startsAt: period === 2 ? 640 : startsAt,
  endsAt: (period === 2 ? 640 : startsAt) + 35,
}))

function scene(week: Week, told: Told = {}): [TimetableProblem, NormSetting, PlacedTimetable] {
  const grades = told.grades ?? [6]
  const subjects: string[] = []
  const cards: NormSetting['cards'][number][] = []
  const start: number[] = []
  week.forEach((day, dayIndex) => {
    day.forEach((text, period) => {
      if (text === null) return
      const part: CardPart = /[*!]$/.test(text) ? 'extracurricular' : 'lesson'
      const subject = text.replace(/[*!]$/, '')
      cards.push({ activity: start.length, class: 0, subject, part, amongLessons: text.endsWith('!') })
      subjects.push(subject)
      start.push(dayIndex * STARTS.length + period)
    })
  })
  const klass: NormClass = {
    name: `${grades.join('–')}А`,
    grades,
    adapted: told.adapted ?? false,
    shift: told.shift ?? 1,
    atoms: [0],
  }
  const setting: NormSetting = {
    classes: [klass],
    cards,
    bells: told.bells ?? (grades.includes(1) ? FIRST_GRADE : bellsFor(grades)),
    month: told.month === undefined ? 11 : told.month,
  }
  const problem: TimetableProblem = {
    name: 'Проба',
    days: DAYS.slice(0, told.days ?? 5),
    periods: STARTS.map((_, index) => String(index + 1)),
    teachers: [{ name: 'Абрамова А. А.' }],
    atoms: [
      { name: klass.name, set: 0 },
      { name: `${klass.name} после`, set: 1 },
    ],
    studentSets: [
      { name: klass.name, size: 10, atoms: [0] },
      { name: `${klass.name} после`, size: 10, atoms: [1] },
    ],
    subjects: [...new Set(subjects)],
    tags: [],
    buildings: [],
    rooms: [],
    activities: cards.map(({ part, amongLessons }, index) => ({
      id: String(index),
      group: null,
      part: 1,
      subject: 0,
      tags: [],
      teachers: [],
      students: [part === 'lesson' || amongLessons ? 0 : 1],
      length: 1,
      size: 10,
    })),
    constraints: [],
  }
  return [
    problem,
    setting,
    { start: Int32Array.from(start), room: new Int32Array(start.length).fill(NOWHERE) },
  ]
}

const ids = (week: Week, told?: Told): NormId[] => [
  ...new Set(checkNorms(...scene(week, told)).map(({ norm }) => norm)),
]

const PE = 'Физическая культура'
const day = (count: number, subject = 'Музыка'): string[] => Array<string>(count).fill(subject)
const week = (...counts: number[]): string[][] => counts.map((count) => day(count))
const five = (one: readonly (string | null)[]): Week => [one, [], [], [], []]
// Different easy subjects, so that nothing doubles in primary school.
const easy = (count: number, ...more: string[]): string[] => [
  ...['Музыка', 'Труд (технология)', 'Изобразительное искусство', 'Окружающий мир', 'Музыка'].slice(0, count),
  ...more,
]

type Case = [NormId, { breaks: [Week, Told?]; keeps: [Week, Told?] }]

const CASES: Case[] = [
  ['weekly-load', { breaks: [week(6, 6, 6, 7, 6)], keeps: [week(6, 6, 6, 6, 6)] }],
  [
    'weekly-load',
    {
      breaks: [week(6, 6, 6, 6, 6, 4), { days: 6 }],
      keeps: [week(6, 6, 6, 6, 6, 3), { days: 6 }],
    },
  ],
  [
    'weekly-load',
    {
      breaks: [week(3, 3, 3, 3, 4), { grades: [1], month: 10 }],
      keeps: [week(3, 3, 3, 3, 3), { grades: [1], month: 10 }],
    },
  ],
  ['daily-load', { breaks: [five(day(7))], keeps: [five(day(6))] }],
  ['daily-load', { breaks: [five(day(8)), { grades: [9] }], keeps: [five(day(7)), { grades: [9] }] }],
  ['daily-load', { breaks: [five(easy(5)), { grades: [1] }], keeps: [five(easy(4, PE)), { grades: [1] }] }],
  [
    'daily-load',
    {
      breaks: [[easy(5, PE), easy(5, PE), [], [], []], { grades: [3] }],
      keeps: [[easy(5, PE), easy(4, PE), [], [], []], { grades: [3] }],
    },
  ],
  [
    'daily-load',
    {
      breaks: [five(easy(4)), { grades: [1], month: 9 }],
      keeps: [five(easy(3)), { grades: [1], month: 9 }],
    },
  ],
  [
    'extracurricular-load',
    {
      breaks: [[1, 2, 3, 4, 5].map(() => ['Хор*', 'Шахматы*', 'Кружок*'])],
      keeps: [[1, 2, 3, 4, 5].map(() => ['Хор*', 'Шахматы*'])],
    },
  ],
  [
    'difficulty-peak',
    {
      breaks: [[day(5, 'Математика'), day(4, 'Математика'), day(2), day(2), day(2)]],
      keeps: [[day(4, 'Математика'), day(5, 'Математика'), day(2), day(2), day(2)]],
    },
  ],
  [
    'lighter-day',
    { breaks: [[day(2), day(6), day(5), day(5), day(2)]], keeps: [[day(5), day(6), day(5), day(3), day(5)]] },
  ],
  [
    'day-difficulty',
    { breaks: [five(day(4, 'Математика'))], keeps: [five([...day(3, 'Математика'), 'История'])] },
  ],
  [
    'hard-subject-time',
    {
      breaks: [five(['Математика', ...day(4)])],
      keeps: [five(['Музыка', 'Математика', 'Русский язык', 'Математика', 'Музыка'])],
    },
  ],
  [
    'hard-subject-time',
    {
      breaks: [five(['Музыка', 'Окружающий мир', 'Музыка', 'Математика']), { grades: [3] }],
      keeps: [five(['Музыка', 'Русский язык', 'Математика', 'Музыка']), { grades: [3] }],
    },
  ],
  [
    'hard-subjects-running',
    {
      breaks: [five(['Музыка', 'Математика', 'Русский язык', 'Информатика', 'Математика'])],
      keeps: [five(['Музыка', 'Математика', 'Русский язык', 'Информатика', 'История'])],
    },
  ],
  ['exercise-first', { breaks: [five([PE, 'Музыка'])], keeps: [five(['Музыка', PE])] }],
  [
    'exercise-last',
    {
      breaks: [[['Музыка', PE], ['История', PE], [], [], []]],
      keeps: [[['Музыка', PE], ['История', PE, 'Музыка'], [], [], []]],
    },
  ],
  [
    'double-lesson',
    {
      breaks: [five(['Математика', 'Математика']), { grades: [2] }],
      keeps: [five([PE, PE, 'Музыка']), { grades: [2] }],
    },
  ],
  [
    'double-lesson',
    {
      breaks: [five(['Музыка', 'Математика', 'Математика']), { grades: [2, 3] }],
      keeps: [five(['Математика', 'Математика']), { grades: [5] }],
    },
  ],
  ['class-window', { breaks: [five(['Музыка', null, 'История'])], keeps: [five(['Музыка', 'История'])] }],
  ['late-start', { breaks: [five([null, 'Музыка'])], keeps: [five(['Хор!', 'Музыка'])] }],
  [
    'short-break',
    {
      breaks: [
        five(day(3)),
        { bells: bellsFor([6], ({ period, endsAt }) => (period === 0 ? { endsAt: endsAt + 5 } : {})) },
      ],
      keeps: [five(day(3))],
    },
  ],
  [
    'long-break',
    {
      breaks: [
        five(day(3)),
        {
          bells: bellsFor([6], ({ period, endsAt }) =>
            period === 1 || period === 2 ? { endsAt: endsAt + 5 } : {},
          ),
        },
      ],
      keeps: [five(day(3))],
    },
  ],
  [
    'dynamic-pause',
    {
      breaks: [
        five(day(3)),
        { grades: [1], bells: bellsFor([1], ({ startsAt }) => ({ endsAt: startsAt + 35 })) },
      ],
      keeps: [five(day(3)), { grades: [1] }],
    },
  ],
  [
    'day-bounds',
    {
      breaks: [
        five(day(3)),
        { bells: bellsFor([6], ({ period }) => (period === 0 ? { startsAt: 470 } : {})) },
      ],
      keeps: [
        five(day(3)),
        { bells: bellsFor([6], ({ period }) => (period === 0 ? { startsAt: 480 } : {})) },
      ],
    },
  ],
  [
    'day-bounds',
    {
      breaks: [
        five(day(3)),
        { bells: bellsFor([6], ({ period }) => (period === 2 ? { endsAt: 1141 } : {})) },
      ],
      keeps: [five(day(3)), { bells: bellsFor([6], ({ period }) => (period === 2 ? { endsAt: 1140 } : {})) }],
    },
  ],
  [
    'zero-lesson',
    {
      breaks: [five(day(3)), { bells: bellsFor([6], ({ period }) => ({ number: period })) }],
      keeps: [five(day(3))],
    },
  ],
  [
    'second-shift',
    { breaks: [five(day(3)), { grades: [9], shift: 2 }], keeps: [five(day(3)), { shift: 2 }] },
  ],
  [
    'second-shift',
    {
      breaks: [five(day(3)), { adapted: true, shift: 2 }],
      keeps: [five(day(3)), { adapted: true, shift: 1 }],
    },
  ],
  [
    'lesson-length',
    {
      breaks: [five(day(3)), { bells: bellsFor([6], ({ startsAt }) => ({ endsAt: startsAt + 46 })) }],
      keeps: [five(day(3)), { bells: bellsFor([6], ({ startsAt }) => ({ endsAt: startsAt + 45 })) }],
    },
  ],
  [
    'lesson-length',
    {
      breaks: [
        five(day(3)),
        { adapted: true, bells: bellsFor([6], ({ startsAt }) => ({ endsAt: startsAt + 41 })) },
      ],
      keeps: [five(day(3)), { adapted: true }],
    },
  ],
  [
    'lesson-length',
    {
      breaks: [five(day(3)), { grades: [1], month: 11, bells: bellsFor([1]) }],
      keeps: [five(day(3)), { grades: [1], month: 1, bells: bellsFor([1]) }],
    },
  ],
  [
    'pause-before-later',
    {
      breaks: [five([...day(6), 'Хор*'])],
      keeps: [five([...day(7), 'Хор*'])],
    },
  ],
  [
    'pause-before-later',
    { breaks: [five(['Музыка', 'Хор*', 'История'])], keeps: [five(['Хор!', 'История', null, 'Хор*'])] },
  ],
]

test.each(CASES)('%s is found when it is broken and not when it is kept', (norm, { breaks, keeps }) => {
  expect(ids(...breaks)).toContain(norm)
  expect(ids(...keeps)).not.toContain(norm)
})

test('windows of a teacher are counted in a row', () => {
  const [problem, setting, timetable] = scene(five(['Музыка', 'История', 'География', 'Биология', 'Физика']))
  const teachers = (...busy: number[]): TimetableProblem => ({
    ...problem,
    activities: problem.activities.map((one, index) => ({
      ...one,
      teachers: busy.includes(index) ? [0] : [],
    })),
  })
  const found = (...busy: number[]) =>
    checkNorms(teachers(...busy), setting, timetable).filter(({ norm }) => norm === 'teacher-window')
  expect(found(0, 4)).toMatchObject([{ teacher: 0, day: 0, figure: 3, limit: 2 }])
  expect(found(0, 3)).toEqual([])
  expect(found(0, 2, 4)).toEqual([])
})

test('every norm has a case here, a title, a source with its edition and says whether it binds', () => {
  const cased = new Set<string>([...CASES.map(([norm]) => norm), 'teacher-window'])
  for (const norm of Object.values(NORMS)) {
    expect(cased, norm.id).toContain(norm.id)
    expect(NORM_TEXT[norm.id].title).not.toBe('')
    expect(SOURCE_TEXT[norm.source].edition).not.toBe('')
    expect(normReference(norm.id)).toMatch(norm.kind === 'norm' ? /^норма/ : /^рекомендация: /)
  }
  expect(normReference('second-shift')).toBe('норма: СП 2.4.3648-20, п. 3.4.15')
  expect(normReference('extracurricular-load')).toBe('норма (сверьте с текстом): СанПиН 1.2.3685-21')
})

test('a finding reads as a sentence with class, day, figure, limit and act', () => {
  const [problem, setting, timetable] = scene(five(day(7)))
  const found = checkNorms(problem, setting, timetable).filter(({ norm }) => norm === 'daily-load')
  expect(found.map((one) => findingText(one, problem, setting))).toEqual([
    '6А, понедельник: уроков за день 7, обычно не больше 6 (норма: СанПиН 1.2.3685-21)',
  ])
})

test('cards without a place are not in the way of any norm', () => {
  const [problem, setting, timetable] = scene(five(day(7)))
  timetable.start.fill(NOWHERE)
  expect(checkNorms(problem, setting, timetable)).toEqual([])
})

describe('the constraints of norms', () => {
  const broken = (asked: Week, told?: Told): { hard: string[]; soft: string[] } => {
    const [problem, setting, timetable] = scene(asked, told)
    const posed = { ...problem, constraints: normConstraints(problem, setting) }
    const places = brokenPlaces(posed, timetable).filter(({ constraint }) => typeof constraint === 'number')
    const kinds = (wanted: boolean) => [
      ...new Set(
        places
          .filter((place) => isHardPlace(posed, place) === wanted)
          .map(({ constraint }) => posed.constraints[Number(constraint)]?.kind ?? ''),
      ),
    ]
    return { hard: kinds(true), soft: kinds(false) }
  }

  test.each<[string, Week, Told, string]>([
    ['a window of a class', five(['Музыка', null, 'История']), {}, 'gaps'],
    ['a start at the second lesson', five([null, 'Музыка']), {}, 'late-starts'],
    ['a seventh lesson in grade 6', five(day(7)), {}, 'hours'],
    ['a double in grade 2', five(['Математика', 'Математика']), { grades: [2] }, 'gap-between'],
    [
      'a longer day of grade 1 without physical education',
      [easy(5), easy(3, PE), easy(4), easy(4), easy(3, PE)],
      { grades: [1] },
      'day-points',
    ],
    [
      'two longer days of grade 1',
      [easy(4, PE), easy(4, PE), easy(4), easy(4), easy(3)],
      { grades: [1] },
      'hours',
    ],
    ['what follows the lessons without a pause', five([...day(6), 'Хор*']), {}, 'slots'],
  ])('%s is never allowed', (_, asked, told, kind) => {
    expect(broken(asked, told).hard).toContain(kind)
  })

  test.each<[string, Week, Told, string]>([
    ['a heavy Monday', [day(4, 'Математика'), day(1), day(1), day(1), day(1)], {}, 'day-points'],
    ['mathematics at the first lesson', five(['Математика', 'Музыка']), {}, 'starts'],
    ['physical education at the end', five(['Музыка', PE]), {}, 'not-last'],
    [
      'four hard lessons running',
      five(['Музыка', 'Математика', 'Русский язык', 'Информатика', 'Математика']),
      {},
      'running',
    ],
    [
      'what follows the lessons late',
      five([...day(2), null, null, null, null, null, null, 'Хор*']),
      {},
      'starts',
    ],
  ])('%s costs something', (_, asked, told, kind) => {
    expect(broken(asked, told).soft).toContain(kind)
  })

  test('ask nothing of a week that keeps all norms', () => {
    const asked = [easy(4), easy(4, PE), easy(4), easy(4), easy(4)]
    expect(broken(asked, { grades: [1] }).hard).toEqual([])
  })

  test('name the norm they come from, hard ones and wishes', () => {
    const [problem, setting] = scene(week(6, 6, 6, 6, 6))
    for (const { source, weight } of normConstraints(problem, setting)) {
      expect(source).toMatch(/^(норма|рекомендация)/)
      expect(weight === HARD || weight > 0).toBe(true)
    }
  })
})
