import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { HARD } from '#domain/timetable/constraint.ts'
import { atomsOf, emptyTimetable } from '#domain/timetable/problem.ts'
import { fileFaultLine, readFet, unsupportedLine, writeFet, writeFetProblem } from '../index.ts'

const FILE = 'small.fet'
const text = readFileSync(join(import.meta.dirname, '../../../../test/timetable/files', FILE), 'utf8')
const END = '</Time_Constraints_List>'

/** The small school with one more constraint. */
function withConstraint(type: string, inside: string, weight = '100'): string {
  const whole = `<Constraint${type}><Weight_Percentage>${weight}</Weight_Percentage>${inside}<Active>true</Active></Constraint${type}>`
  return text.replace(END, () => `${whole}\n${END}`)
}

function replaced(was: string, becomes: string): string {
  expect(text).toContain(was)
  return text.replace(was, () => becomes)
}

/** What is wrong with the text, in words. */
const faultsOf = (source: string) => readFet(source, FILE).faults.map(fileFaultLine)

/** What one constraint was read as, without its weight and source; every constraint of these tests has weight 50. */
function readOne(type: string, inside: string): unknown[] {
  const { problem, faults, unsupported } = readFet(withConstraint(type, inside, '50'), FILE)
  expect(faults.map(fileFaultLine)).toEqual([])
  expect(unsupported.map(unsupportedLine)).toEqual([])
  return (problem?.constraints ?? []).map(({ weight, source, ...rest }) => {
    expect(weight).toBe(0.5)
    expect(source).toBe(`small.fet:54 ${type}`)
    return rest
  })
}

const { problem } = readFet(text, FILE)
if (!problem) throw new Error('the small school is not read')

describe('a file of FET', () => {
  test('is read with its days, lessons, people, rooms and activities', () => {
    expect(problem.name).toBe('Маленькая школа')
    expect([problem.days, problem.periods]).toEqual([
      ['Пн', 'Вт', 'Ср'],
      ['1', '2', '3', '4'],
    ])
    expect(problem.subjects).toEqual(['Математика', 'Пение & танцы'])
    expect(problem.atoms.map(({ name }) => name)).toEqual(['5А мальчики', '5А девочки', '6Б'])
    expect(problem.studentSets).toEqual([
      { name: '5А', size: 20, atoms: [0, 1] },
      { name: '5А мальчики', size: 11, atoms: [0] },
      { name: '5А девочки', size: 9, atoms: [1] },
      { name: '6Б', size: 18, atoms: [2] },
    ])
    expect(problem.rooms).toEqual([
      { name: 'Каб. 1', capacity: 30, building: 0 },
      { name: 'Зал', capacity: 60, building: null },
      { name: 'Всё сразу', capacity: 90, building: null, parts: [[0], [0, 1]] },
    ])
    expect(
      problem.activities.map(({ id, group, part, length, size }) => [id, group, part, length, size]),
    ).toEqual([
      ['1', '1', 1, 1, 20],
      ['2', '1', 2, 2, 20],
      ['3', null, 1, 1, 27],
      ['4', null, 1, 1, 5],
    ])
    expect(problem.activities.map((activity) => atomsOf(problem, activity))).toEqual([
      [0, 1],
      [0, 1],
      [1, 2],
      [2],
    ])
    expect(problem.constraints).toEqual([])
  })

  test('of an older version, with a byte order mark and bare names, says the same', () => {
    const older = text
      .replace('version="6.8.5"', 'version="5.30.1"')
      .replace('<Mode>Official</Mode>\n', '')
      .replace(/<(Day|Hour)><Name>([^<]*)<\/Name><\/\1>/g, '<Name>$2</Name>')
      .replaceAll('\n', '\r\n')
    expect(readFet(`\ufeff${older}`, FILE).problem).toEqual(problem)
  })

  test('leaves inactive constraints and what only names inactive activities out', () => {
    const source = withConstraint('ActivityEndsStudentsDay', '<Activity_Id>5</Activity_Id>')
    expect(readFet(source, FILE)).toMatchObject({ faults: [], problem: { constraints: [] } })
    const inactive = withConstraint('Whatever', '').replace(
      /true(<\/Active><\/ConstraintWhatever)/,
      'false$1',
    )
    expect(readFet(inactive, FILE)).toMatchObject({
      faults: [],
      unsupported: [],
      problem: { constraints: [] },
    })
  })

  test('with a weight of 100 asks for what may never be broken', () => {
    const source = withConstraint('TeachersMaxGapsPerWeek', '<Max_Gaps>1</Max_Gaps>')
    expect(readFet(source, FILE).problem?.constraints.map(({ weight }) => weight)).toEqual([HARD])
  })

  test.each([
    [
      '95',
      3,
      [
        ['days-apart', 0.95],
        ['per-day', HARD],
      ],
    ],
    [
      '0',
      3,
      [
        ['days-apart', 0],
        ['per-day', HARD],
      ],
    ],
    ['100', 3, [['days-apart', HARD]]],
    ['95', 2, [['days-apart', 0.95]]],
  ])(
    'asks for at most two a day of those days apart, as FET does: weight %s, %d of them',
    (weight, count, expected) => {
      const inside = `${ids(...[1, 3, 4].slice(0, count))}<MinDays>1</MinDays>`
      const constraints = readFet(withConstraint('MinDaysBetweenActivities', inside, weight), FILE).problem
        ?.constraints
      expect(constraints?.map((one) => [one.kind, one.weight])).toEqual(expected)
      for (const one of constraints ?? [])
        if (one.kind === 'per-day') expect(one).toMatchObject({ activities: [0, 2, 3], atMost: 2 })
    },
  )

  test('names what is not supported, with how often and where', () => {
    const inside = '<First_Activity_Tag>трудный</First_Activity_Tag>'
    const { unsupported, problem: read } = readFet(withConstraint('StudentsFlyToTheMoon', inside), FILE)
    expect(unsupported).toEqual([{ type: 'StudentsFlyToTheMoon', count: 1, lines: [54] }])
    expect(unsupported.map(unsupportedLine)).toEqual([
      'Не поддерживается: StudentsFlyToTheMoon — 1 шт. (строки 54)',
    ])
    expect(read?.constraints).toEqual([])
  })

  test.each([
    ['RoomNotAvailableTimes', '<Room>Зал</Room>', 'Weight_Percentage < 100 of a Real_Room'],
    [
      'ActivityPreferredRoom',
      '<Activity_Id>1</Activity_Id><Room>Всё сразу</Room><Real_Room>Зал</Real_Room>',
      'Real_Room',
    ],
    [
      'TeachersMaxSpanPerDay',
      '<Max_Span>3</Max_Span><Allow_One_Day_Exception_of_Plus_One>true</Allow_One_Day_Exception_of_Plus_One>',
      'Allow_One_Day_Exception_of_Plus_One',
    ],
    [
      'StudentsMinRestingHours',
      '<Minimum_Resting_Hours>2</Minimum_Resting_Hours><Circular>true</Circular>',
      'Circular',
    ],
  ])('names what of a %s is not supported', (type, inside, what) => {
    const { unsupported } = readFet(withConstraint(type, inside, '90'), FILE)
    expect(unsupported.map((each) => each.type)).toEqual([`${type} (${what})`])
  })

  test('of another mode than the official one is named as not supported', () => {
    const { unsupported } = readFet(replaced('>Official<', '>Terms<'), FILE)
    expect(unsupported.map(unsupportedLine)).toEqual(['Не поддерживается: Mode Terms — 1 шт. (строки 3)'])
  })
})

const ids = (...list: number[]) => list.map((id) => `<Activity_Id>${id}</Activity_Id>`).join('')
const time = (element: string, ends: [string, string], day: string, hour: string) =>
  `<${element}><${ends[0]}>${day}</${ends[0]}><${ends[1]}>${hour}</${ends[1]}></${element}>`
const starting = time(
  'Preferred_Starting_Time',
  ['Preferred_Starting_Day', 'Preferred_Starting_Hour'],
  'Вт',
  '3',
)
const slot = time('Preferred_Time_Slot', ['Preferred_Day', 'Preferred_Hour'], 'Вт', '3')
const selected = time('Selected_Time_Slot', ['Selected_Day', 'Selected_Hour'], 'Вт', '3')
const away = time('Not_Available_Time', ['Day', 'Hour'], 'Ср', '1')
const pair = '<First_Activity_Id>1</First_Activity_Id><Second_Activity_Id>3</Second_Activity_Id>'
const whom = (inside: string) =>
  `<Teacher_Name></Teacher_Name><Students_Name></Students_Name><Subject_Name></Subject_Name><Activity_Tag_Name></Activity_Tag_Name><Duration></Duration>${inside}`

describe('each constraint on time is read as what it says', () => {
  test.each<[string, string, object]>([
    ['BreakTimes', time('Break_Time', ['Day', 'Hour'], 'Пн', '2'), { kind: 'pause', slots: [1] }],
    [
      'ActivityPreferredStartingTime',
      `${ids(2)}<Preferred_Day>Вт</Preferred_Day><Preferred_Hour>3</Preferred_Hour><Permanently_Locked>true</Permanently_Locked>`,
      { kind: 'starts', activities: [1], slots: [6] },
    ],
    [
      'ActivityPreferredStartingTime',
      `${ids(2)}<Day></Day><Hour>3</Hour>`,
      { kind: 'starts', activities: [1], slots: [2, 6, 10] },
    ],
    [
      'ActivityPreferredStartingTime',
      `${ids(2)}<Day>Ср</Day><Hour></Hour>`,
      { kind: 'starts', activities: [1], slots: [8, 9, 10, 11] },
    ],
    ['ActivityPreferredStartingTimes', ids(3) + starting, { kind: 'starts', activities: [2], slots: [6] }],
    ['ActivityPreferredTimeSlots', ids(3) + slot, { kind: 'slots', activities: [2], slots: [6] }],
    [
      'ActivitiesPreferredStartingTimes',
      whom(starting),
      { kind: 'starts', activities: [0, 1, 2, 3], slots: [6] },
    ],
    [
      'ActivitiesPreferredTimeSlots',
      `<Teacher_Name>Борис</Teacher_Name><Students_Name>5А</Students_Name>${slot}`,
      { kind: 'slots', activities: [2], slots: [6] },
    ],
    [
      'ActivitiesPreferredTimeSlots',
      `<Subject_Name>Математика</Subject_Name><Activity_Tag_Name>трудный</Activity_Tag_Name><Duration>2</Duration>${slot}`,
      { kind: 'slots', activities: [1], slots: [6] },
    ],
    [
      'SubactivitiesPreferredStartingTimes',
      `<Component_Number>2</Component_Number>${whom(starting)}`,
      { kind: 'starts', activities: [1], slots: [6] },
    ],
    [
      'SubactivitiesPreferredTimeSlots',
      `<Component_Number>1</Component_Number>${whom(slot)}`,
      { kind: 'slots', activities: [0, 2, 3], slots: [6] },
    ],
    [
      'MinDaysBetweenActivities',
      `<Consecutive_If_Same_Day>true</Consecutive_If_Same_Day>${ids(1, 2, 5)}<MinDays>2</MinDays>`,
      { kind: 'days-apart', activities: [0, 1], days: 2, adjacent: true },
    ],
    [
      'MaxDaysBetweenActivities',
      `${ids(1, 2)}<MaxDays>1</MaxDays>`,
      { kind: 'days-within', activities: [0, 1], days: 1 },
    ],
    [
      'MinGapsBetweenActivities',
      `${ids(1, 2)}<MinGaps>1</MinGaps>`,
      { kind: 'gap-between', activities: [0, 1], periods: 1 },
    ],
    ['ActivitiesSameStartingTime', ids(1, 3), { kind: 'same-start', activities: [0, 2] }],
    ['ActivitiesSameStartingDay', ids(1, 3), { kind: 'same-day', activities: [0, 2] }],
    ['ActivitiesSameStartingHour', ids(1, 3), { kind: 'same-period', activities: [0, 2] }],
    ['ActivitiesNotOverlapping', ids(1, 3, 4), { kind: 'not-overlapping', activities: [0, 2, 3] }],
    ['TwoActivitiesConsecutive', pair, { kind: 'consecutive', first: 0, second: 2 }],
    ['TwoActivitiesOrdered', pair, { kind: 'ordered', first: 0, second: 2, sameDay: false }],
    ['TwoActivitiesOrderedIfSameDay', pair, { kind: 'ordered', first: 0, second: 2, sameDay: true }],
    ['TwoActivitiesGrouped', pair, { kind: 'grouped', activities: [0, 2] }],
    [
      'ThreeActivitiesGrouped',
      `${pair}<Third_Activity_Id>4</Third_Activity_Id>`,
      { kind: 'grouped', activities: [0, 2, 3] },
    ],
    ['ActivityEndsStudentsDay', ids(4), { kind: 'ends-day', activities: [3] }],
    [
      'ActivitiesEndStudentsDay',
      '<Subject_Name>Математика</Subject_Name>',
      { kind: 'ends-day', activities: [0, 1, 3] },
    ],
    [
      'ActivitiesOccupyMaxTimeSlotsFromSelection',
      `${ids(1, 2)}${selected}<Max_Number_of_Occupied_Time_Slots>1</Max_Number_of_Occupied_Time_Slots>`,
      { kind: 'slots-taken', activities: [0, 1], slots: [6], atMost: 1 },
    ],
    [
      'ActivitiesOccupyMinTimeSlotsFromSelection',
      `${ids(1, 2)}${selected}<Min_Number_of_Occupied_Time_Slots>1</Min_Number_of_Occupied_Time_Slots>`,
      { kind: 'slots-taken', activities: [0, 1], slots: [6], atLeast: 1 },
    ],
    [
      'ActivitiesMaxSimultaneousInSelectedTimeSlots',
      `${ids(1, 2)}${selected}<Max_Number_of_Simultaneous_Activities>1</Max_Number_of_Simultaneous_Activities>`,
      { kind: 'simultaneous', activities: [0, 1], slots: [6], atMost: 1 },
    ],
    [
      'ActivitiesMinSimultaneousInSelectedTimeSlots',
      `${ids(1, 2)}${selected}<Min_Number_of_Simultaneous_Activities>1</Min_Number_of_Simultaneous_Activities><Allow_Empty_Slots>false</Allow_Empty_Slots>`,
      { kind: 'simultaneous', activities: [0, 1], slots: [6], atLeast: 1 },
    ],
  ])('%s', (type, inside, expected) => {
    expect(readOne(type, inside)).toEqual([expected])
  })
})

describe('each constraint on rooms is read as what it says', () => {
  const room = '<Room>Зал</Room>'
  const several = '<Preferred_Room>Каб. 1</Preferred_Room><Preferred_Room>Зал</Preferred_Room>'
  const maths = '<Subject>Математика</Subject>'
  const hard = '<Activity_Tag>трудный</Activity_Tag>'
  test.each<[string, string, object]>([
    ['ActivityPreferredRoom', ids(3) + room, { kind: 'rooms', activities: [2], rooms: [1] }],
    ['ActivityPreferredRooms', ids(3) + several, { kind: 'rooms', activities: [2], rooms: [0, 1] }],
    ['SubjectPreferredRoom', maths + room, { kind: 'rooms', activities: [0, 1, 3], rooms: [1] }],
    ['SubjectPreferredRooms', maths + several, { kind: 'rooms', activities: [0, 1, 3], rooms: [0, 1] }],
    ['ActivityTagPreferredRoom', hard + room, { kind: 'rooms', activities: [0, 1], rooms: [1] }],
    ['ActivityTagPreferredRooms', hard + several, { kind: 'rooms', activities: [0, 1], rooms: [0, 1] }],
    [
      'SubjectActivityTagPreferredRoom',
      maths + hard + room,
      { kind: 'rooms', activities: [0, 1], rooms: [1] },
    ],
    [
      'SubjectActivityTagPreferredRooms',
      maths + hard + several,
      { kind: 'rooms', activities: [0, 1], rooms: [0, 1] },
    ],
    [
      'StudentsSetHomeRoom',
      `<Students>5А</Students>${room}`,
      { kind: 'home-rooms', activities: [0, 1], rooms: [1] },
    ],
    [
      'StudentsSetHomeRooms',
      `<Students>6Б</Students>${several}`,
      { kind: 'home-rooms', activities: [3], rooms: [0, 1] },
    ],
    [
      'TeacherHomeRoom',
      `<Teacher>Борис</Teacher>${room}`,
      { kind: 'home-rooms', activities: [2, 3], rooms: [1] },
    ],
    [
      'TeacherHomeRooms',
      `<Teacher>Анна</Teacher>${several}`,
      { kind: 'home-rooms', activities: [0, 1], rooms: [0, 1] },
    ],
    ['ActivitiesSameRoomIfConsecutive', ids(1, 2), { kind: 'same-room-if-consecutive', activities: [0, 1] }],
    [
      'ActivitiesOccupyMaxDifferentRooms',
      `${ids(1, 2)}<Max_Number_of_Different_Rooms>1</Max_Number_of_Different_Rooms>`,
      { kind: 'different-rooms', activities: [0, 1], atMost: 1 },
    ],
  ])('%s', (type, inside, expected) => {
    expect(readOne(type, inside)).toEqual([expected])
  })

  test('RoomNotAvailableTimes', () => {
    const { problem: read } = readFet(withConstraint('RoomNotAvailableTimes', room + away), FILE)
    expect(read?.constraints).toMatchObject([{ kind: 'room-away', room: 1, slots: [8], weight: HARD }])
  })

  test.each([
    ['Всё сразу', 2],
    ['Каб. 1', 0],
  ])('RoomNotAvailableTimes as a wish about %s', (name, index) => {
    const source = withConstraint('RoomNotAvailableTimes', `<Room>${name}</Room>${away}`, '90')
    const { problem: read, unsupported } = readFet(source, FILE)
    expect(unsupported).toEqual([])
    expect(read?.constraints).toMatchObject([{ kind: 'room-away', room: index, slots: [8], weight: 0.9 }])
  })
})

const WHO: [string, string, object][] = [
  ['Teacher', '<Teacher_Name>Борис</Teacher_Name>', { teachers: [1], atoms: [] }],
  ['Teacher', '<Teacher>Борис</Teacher>', { teachers: [1], atoms: [] }],
  ['Teachers', '', { teachers: [0, 1], atoms: [] }],
  ['StudentsSet', '<Students>5А</Students>', { teachers: [], atoms: [0, 1] }],
  ['Students', '', { teachers: [], atoms: [0, 1, 2] }],
]

describe.each(WHO)('each constraint on the days of %s %s is read as what it says', (who, name, people) => {
  test.each<[string, string, object]>([
    ['NotAvailableTimes', away, { kind: 'away', slots: [8] }],
    ['MaxGapsPerDay', '<Max_Gaps>1</Max_Gaps>', { kind: 'gaps', per: 'day', atMost: 1 }],
    ['MaxGapsPerWeek', '<Max_Gaps>2</Max_Gaps>', { kind: 'gaps', per: 'week', atMost: 2 }],
    [
      'MaxHoursDaily',
      '<Maximum_Hours_Daily>3</Maximum_Hours_Daily>',
      { kind: 'hours', atMost: 3, once: true },
    ],
    [
      'MinHoursDaily',
      '<Minimum_Hours_Daily>2</Minimum_Hours_Daily><Allow_Empty_Days>true</Allow_Empty_Days>',
      { kind: 'hours', atLeast: 2, emptyDaysToo: false },
    ],
    [
      'MinHoursDaily',
      '<Minimum_Hours_Daily>2</Minimum_Hours_Daily><Allow_Empty_Days>false</Allow_Empty_Days>',
      { kind: 'hours', atLeast: 2, emptyDaysToo: true },
    ],
    [
      'MaxHoursContinuously',
      '<Maximum_Hours_Continuously>3</Maximum_Hours_Continuously>',
      { kind: 'running', atMost: 3, once: true },
    ],
    [
      'ActivityTagMaxHoursDaily',
      '<Activity_Tag>трудный</Activity_Tag><Maximum_Hours_Daily>2</Maximum_Hours_Daily>',
      { kind: 'hours', only: [0, 1], atMost: 2, once: true },
    ],
    [
      'ActivityTagMinHoursDaily',
      '<Activity_Tag_Name>трудный</Activity_Tag_Name><Minimum_Hours_Daily>2</Minimum_Hours_Daily><Allow_Empty_Days>true</Allow_Empty_Days>',
      { kind: 'hours', only: [0, 1], atLeast: 2, emptyDaysToo: false },
    ],
    [
      'ActivityTagMaxHoursContinuously',
      '<Activity_Tag_Name>трудный</Activity_Tag_Name><Maximum_Hours_Continuously>2</Maximum_Hours_Continuously>',
      { kind: 'running', only: [0, 1], atMost: 2, once: true },
    ],
    ['MaxDaysPerWeek', '<Max_Days_Per_Week>2</Max_Days_Per_Week>', { kind: 'days', atMost: 2 }],
    [
      'IntervalMaxDaysPerWeek',
      '<Interval_Start_Hour>2</Interval_Start_Hour><Interval_End_Hour>4</Interval_End_Hour><Max_Days_Per_Week>1</Max_Days_Per_Week>',
      { kind: 'interval-days', from: 1, to: 2, atMost: 1 },
    ],
    [
      'IntervalMaxDaysPerWeek',
      '<Interval_Start_Hour>2</Interval_Start_Hour><Interval_End_Hour></Interval_End_Hour><Max_Days_Per_Week>1</Max_Days_Per_Week>',
      { kind: 'interval-days', from: 1, to: 3, atMost: 1 },
    ],
    ['MaxSpanPerDay', '<Max_Span>3</Max_Span>', { kind: 'span', atMost: 3 }],
    ['MinRestingHours', '<Minimum_Resting_Hours>2</Minimum_Resting_Hours>', { kind: 'rest', atLeast: 2 }],
    [
      'MaxBuildingChangesPerDay',
      '<Max_Building_Changes_Per_Day>1</Max_Building_Changes_Per_Day>',
      { kind: 'building-changes', per: 'day', atMost: 1 },
    ],
    [
      'MaxBuildingChangesPerWeek',
      '<Max_Building_Changes_Per_Week>1</Max_Building_Changes_Per_Week>',
      { kind: 'building-changes', per: 'week', atMost: 1 },
    ],
    [
      'MinGapsBetweenBuildingChanges',
      '<Min_Gaps_Between_Building_Changes>1</Min_Gaps_Between_Building_Changes>',
      { kind: 'building-gap', atLeast: 1 },
    ],
  ])('%s', (type, inside, expected) => {
    expect(readOne(`${who}${type}`, name + inside)).toEqual([{ people, ...expected }])
  })
})

/** The small school in which singing is light, so that there are two tags. */
function withLight(source: string): string {
  return source
    .replace('</Activity_Tags_List>', '<Activity_Tag><Name>лёгкий</Name></Activity_Tag></Activity_Tags_List>')
    .replace('танцы</Subject><Students>', 'танцы</Subject><Activity_Tag>лёгкий</Activity_Tag><Students>')
}

describe.each(WHO)('a gap after some lessons of %s %s', (who, name, people) => {
  const type = `${who}MinGapsBetweenOrderedPairOfActivityTags`
  const tags =
    '<First_Activity_Tag>трудный</First_Activity_Tag><Second_Activity_Tag>лёгкий</Second_Activity_Tag>'

  test('is read as one before others', () => {
    const source = withLight(withConstraint(type, `${name}${tags}<MinGaps>1</MinGaps>`))
    const { problem: read, faults, unsupported } = readFet(source, FILE)
    expect([faults, unsupported]).toEqual([[], []])
    expect(read?.constraints).toMatchObject([
      { kind: 'gap-after', people, before: [0, 1], after: [2], periods: 1, weight: HARD },
    ])
  })

  test('is refused with a tag that is not there', () => {
    const source = withConstraint(type, `${name}${tags}<MinGaps>1</MinGaps>`)
    expect(faultsOf(source)).toEqual([expect.stringContaining('строка 54')])
  })
})

test('each constraint that only teachers or only students have is read as what it says', () => {
  const least = '<Minimum_Days_Per_Week>2</Minimum_Days_Per_Week>'
  const late = '<Max_Beginnings_At_Second_Hour>0</Max_Beginnings_At_Second_Hour>'
  const [[, anna], , [, , teachers], [, set, girls], [, , students]] = WHO as [
    ...[(typeof WHO)[0], (typeof WHO)[0], (typeof WHO)[0], (typeof WHO)[0], (typeof WHO)[0]],
  ]
  const boris = { teachers: [1], atoms: [] }
  expect(readOne('TeacherMinDaysPerWeek', anna + least)).toEqual([
    { kind: 'days', atLeast: 2, people: boris },
  ])
  expect(readOne('TeachersMinDaysPerWeek', least)).toEqual([{ kind: 'days', atLeast: 2, people: teachers }])
  const starts = { kind: 'late-starts', atMost: 0 }
  expect(readOne('StudentsSetEarlyMaxBeginningsAtSecondHour', set + late)).toEqual([
    { ...starts, people: girls },
  ])
  expect(readOne('StudentsEarlyMaxBeginningsAtSecondHour', late)).toEqual([{ ...starts, people: students }])
})

test('a wish for shorter days or runs counts days and runs, an order counts lessons', () => {
  const inside = '<Maximum_Hours_Daily>3</Maximum_Hours_Daily>'
  const { problem: read } = readFet(withConstraint('TeachersMaxHoursDaily', inside), FILE)
  expect(read?.constraints).toMatchObject([{ kind: 'hours', weight: HARD }])
  expect(read?.constraints[0]).not.toHaveProperty('once')
  expect(readOne('TeachersMaxHoursDaily', inside)).toMatchObject([{ kind: 'hours', once: true }])
})

describe('rooms named for an activity come before home rooms', () => {
  test('and the room of the students before that of the teacher', () => {
    const source = [
      '<ConstraintStudentsSetHomeRoom><Students>6Б</Students><Room>Зал</Room></ConstraintStudentsSetHomeRoom>',
      '<ConstraintTeacherHomeRoom><Teacher>Борис</Teacher><Room>Каб. 1</Room></ConstraintTeacherHomeRoom>',
      '<ConstraintTeacherHomeRoom><Teacher>Анна</Teacher><Room>Каб. 1</Room></ConstraintTeacherHomeRoom>',
      `<ConstraintActivityPreferredRoom><Weight_Percentage>10</Weight_Percentage>${ids(1)}<Room>Зал</Room></ConstraintActivityPreferredRoom>`,
    ].join('')
    const { problem: read } = readFet(text.replace(END, source + END), FILE)
    expect(read?.constraints).toMatchObject([
      { kind: 'rooms', activities: [0], rooms: [1], weight: 0.1 },
      { kind: 'home-rooms', activities: [1], rooms: [0], weight: HARD },
      { kind: 'home-rooms', activities: [2], rooms: [0] },
      { kind: 'home-rooms', activities: [3], rooms: [1] },
    ])
  })
})

describe('a file that is wrong is refused with its line, what is wrong and what to do', () => {
  const gaps = (inside: string, weight?: string) => () =>
    withConstraint('TeachersMaxGapsPerWeek', inside, weight)
  test.each<[string, () => string, string]>([
    [
      'is cut off',
      () => text.slice(0, text.indexOf('</Subjects_List>')),
      'строка 22: Файл XML испорчен: не закрыт элемент Subjects_List',
    ],
    ['is of another format', () => '<timetable/>', 'строка 1: Файл начинается с <timetable>, а нужен <fet>'],
    ['is empty', () => '', 'строка 1: Файл XML испорчен'],
    [
      'declares entities of its own',
      () => `<!DOCTYPE fet [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>\n<fet>&b;</fet>`,
      'строка 2: Файл XML испорчен: неизвестная сущность',
    ],
    ['is nested without end', () => '<a>'.repeat(100_000), 'строка 1: Элементы вложены глубже 64 уровней'],
    [
      'has no list',
      () => text.replace(/<(\/?)Hours_List>/g, '<$1Xs>'),
      'строка 2: Нет обязательного элемента <Hours_List> в <fet>',
    ],
    [
      'has no activity',
      () => text.replace(/<Activity>.*<\/Activity>\n/g, ''),
      'small.fet: В файле нет ни одного занятия',
    ],
    [
      'has too many lessons a day',
      () =>
        replaced(
          '</Hours_List>',
          `${Array.from({ length: 27 }, (_, at) => `<Hour><Name>x${at}</Name></Hour>`).join('')}</Hours_List>`,
        ),
      'строка 12: Слишком длинный список в <Hours_List>: 31',
    ],
    ['names a day twice', () => replaced('>Ср<', '>Пн<'), 'строка 10: День назван дважды: «Пн»'],
    [
      'names a teacher twice',
      () => replaced('<Name>Борис<', '<Name>Анна<'),
      'строка 28: Учитель назван дважды: «Анна»',
    ],
    [
      'names students twice',
      () => replaced('>6Б</Name>', '>5А</Name>'),
      'строка 35: Класс или группа названы дважды: «5А»',
    ],
    [
      'numbers activities alike',
      () => replaced('<Id>4<', '<Id>3<'),
      'строка 41: Номер занятия повторяется: «3»',
    ],
    [
      'has a negative length',
      () => replaced('<Duration>2<', '<Duration>-2<'),
      'строка 39: Число -2 в <Duration> не годится',
    ],
    [
      'has a length in words',
      () => replaced('<Duration>2<', '<Duration>два<'),
      'строка 39: «два» в <Duration> — не число',
    ],
    [
      'has a card longer than a day',
      () => replaced('<Duration>2<', '<Duration>5<'),
      'строка 39: Занятие длится 5 уроков, а в дне их 4',
    ],
    [
      'has an unknown teacher',
      () => replaced('<Teacher>Борис<', '<Teacher>Вера<'),
      'строка 40: Нет учителя «Вера» в <Teacher>',
    ],
    [
      'has unknown students',
      () => replaced('<Students>6Б<', '<Students>7В<'),
      'строка 40: Нет класса или группы «7В» в <Students>',
    ],
    [
      'has an unknown subject',
      () => replaced('<Subject>Пение &amp; танцы<', '<Subject>Танцы<'),
      'строка 40: Нет предмета «Танцы» в <Subject>',
    ],
    [
      'has an unknown building',
      () => replaced('<Building>Главное<', '<Building>Дом<'),
      'строка 48: Нет здания «Дом» в <Room>',
    ],
    [
      'has an unknown real room',
      () => replaced('<Real_Room>Зал<', '<Real_Room>Сад<'),
      'строка 50: Нет кабинета «Сад» в <Real_Room>',
    ],
    [
      'has a limit that is no number',
      gaps('<Max_Gaps>много</Max_Gaps>'),
      'строка 54: «много» в <Max_Gaps> — не число',
    ],
    [
      'has a limit below nothing',
      gaps('<Max_Gaps>-1</Max_Gaps>'),
      'строка 54: Число -1 в <Max_Gaps> не годится',
    ],
    [
      'has no limit',
      gaps(''),
      'строка 54: Нет обязательного элемента <Max_Gaps> в <ConstraintTeachersMaxGapsPerWeek>',
    ],
    [
      'has a weight over a hundred',
      gaps('<Max_Gaps>1</Max_Gaps>', '101'),
      'строка 54: Число 101 в <Weight_Percentage> не годится',
    ],
    [
      'asks for an unknown activity',
      () => withConstraint('ActivityEndsStudentsDay', ids(77)),
      'строка 54: Нет занятия (Activity) с номером «77» в <Activity_Id>',
    ],
    [
      'asks for an unknown slot',
      () => withConstraint('TeacherNotAvailableTimes', `<Teacher>Анна</Teacher>${away.replace('Ср', 'Вс')}`),
      'строка 54: Нет дня «Вс» в <Day>',
    ],
    [
      'asks for an unknown room',
      () => withConstraint('SubjectPreferredRoom', '<Subject>Математика</Subject><Room>Сад</Room>'),
      'строка 54: Нет кабинета «Сад» в <Room>',
    ],
    [
      'says neither yes nor no',
      () => text.replace('<Active>true</Active></Activity>', '<Active>может</Active></Activity>'),
      'строка 38: Непонятное значение «может» в <Active>',
    ],
  ])('one that %s', (_, source, wrong) => {
    const { problem: read, document } = readFet(source(), FILE)
    expect([read, document]).toEqual([null, null])
    expect(faultsOf(source())[0]).toContain(wrong)
    expect(faultsOf(source())[0]).toMatch(/\. [А-Я].+\.$/)
  })
})

describe('a timetable written into its file', () => {
  test('is read again as the same problem with every card held fast', () => {
    const reading = readFet(`\ufeff${text}`, FILE)
    if (!reading.document) throw new Error('not read')
    const timetable = emptyTimetable(problem)
    timetable.start.set([0, 5, 8, -1])
    timetable.room.set([0, -1, 1, -1])
    const written = writeFet(reading.document, timetable)
    const { problem: again, faults, unsupported } = readFet(written, FILE)
    expect([faults, unsupported]).toEqual([[], []])
    expect({ ...again, constraints: [] }).toEqual(problem)
    expect(again?.constraints).toMatchObject([
      { kind: 'starts', activities: [0], slots: [0], weight: HARD },
      { kind: 'starts', activities: [1], slots: [5], weight: HARD },
      { kind: 'starts', activities: [2], slots: [8], weight: HARD },
      { kind: 'rooms', activities: [0], rooms: [0], weight: HARD },
      { kind: 'rooms', activities: [2], rooms: [1], weight: HARD },
    ])
    expect(written.startsWith('\ufeff<?xml')).toBe(true)
  })

  test.each([
    ['absent', ''],
    ['closed at once', '<Space_Constraints_List/>'],
  ])('is locked into a list that is %s', (_, list) => {
    const source = text.replace(/<Space_Constraints_List>[\s\S]*<\/Space_Constraints_List>/, list)
    const { document } = readFet(source, FILE)
    if (!document) throw new Error('not read')
    const timetable = emptyTimetable(problem)
    timetable.start.fill(0)
    timetable.room.fill(1)
    const { problem: again, faults } = readFet(writeFet(document, timetable), FILE)
    expect(faults).toEqual([])
    expect(again?.constraints.map(({ kind }) => kind).sort()).toEqual([
      ...['rooms', 'rooms', 'rooms', 'rooms'],
      ...['starts', 'starts', 'starts', 'starts'],
    ])
  })

  test('does not lock again what the file holds fast itself', () => {
    const lock = `${ids(1)}<Preferred_Day>Вт</Preferred_Day><Preferred_Hour>3</Preferred_Hour>`
    const { document } = readFet(withConstraint('ActivityPreferredStartingTime', lock), FILE)
    if (!document) throw new Error('not read')
    const timetable = emptyTimetable(problem)
    timetable.start[0] = 6
    expect(writeFet(document, timetable)).toBe(document.text)
  })
})

describe('real rooms locked for a virtual room', () => {
  const virtual = '<Room>Всё сразу</Room>'
  const real = '<Real_Room>Каб. 1</Real_Room><Real_Room>Зал</Real_Room>'
  const locked = (inside: string) => withConstraint('ActivityPreferredRoom', ids(1) + virtual + inside)
  const wishes = `<ConstraintSubjectPreferredRoom><Subject>Математика</Subject>${virtual}</ConstraintSubjectPreferredRoom><ConstraintRoomNotAvailableTimes>${virtual}${away}</ConstraintRoomNotAvailableTimes>`

  test('are taken and no others, in the virtual room', () => {
    const { problem: read, unsupported, document } = readFet(locked(real).replace(END, wishes + END), FILE)
    expect(unsupported).toEqual([])
    expect(read?.rooms.slice(3)).toEqual([
      { name: 'Всё сразу (Каб. 1 + Зал)', capacity: 90, building: null, parts: [[0], [1]] },
    ])
    const slots = expect.any(Array)
    expect(read?.constraints).toMatchObject([
      { kind: 'rooms', activities: [0], rooms: [3], weight: HARD },
      { kind: 'rooms', rooms: [2, 3] },
      { kind: 'room-away', room: 2, slots },
      { kind: 'room-away', room: 3, slots },
    ])
    if (!document) throw new Error('not read')
    const timetable = emptyTimetable(document.problem)
    timetable.start.set([0, 5])
    timetable.room.set([3, 3])
    const written = writeFet(document, timetable)
    const { problem: again, faults } = readFet(written, FILE)
    expect(faults).toEqual([])
    expect(again?.rooms).toEqual(read?.rooms)
    expect(again?.constraints.filter(({ kind }) => kind === 'rooms')).toMatchObject([
      { activities: [0], rooms: [3] },
      { rooms: [2, 3] },
      { activities: [1], rooms: [2, 3] },
    ])
  })

  test('are named where rooms are to be counted or compared', () => {
    const few = `<ConstraintActivitiesOccupyMaxDifferentRooms>${ids(1, 2)}<Max_Number_of_Different_Rooms>1</Max_Number_of_Different_Rooms></ConstraintActivitiesOccupyMaxDifferentRooms>`
    const { unsupported } = readFet(locked(real).replace(END, few + END), FILE)
    expect(unsupported.map(({ type }) => type)).toEqual([
      'ActivityPreferredRoom (Real_Room compared with others)',
    ])
  })

  test.each([
    ['are too few', '<Real_Room>Зал</Real_Room>', '100'],
    ['are wished for only', real, '90'],
  ])('are named as not supported when they %s', (_, inside, weight) => {
    const source = withConstraint('ActivityPreferredRoom', ids(1) + virtual + inside, weight)
    const { unsupported, problem: read } = readFet(source, FILE)
    expect(unsupported.map(({ type }) => type)).toEqual(['ActivityPreferredRoom (Real_Room)'])
    expect(read?.constraints).toMatchObject([{ kind: 'rooms', rooms: [2] }])
  })
})

describe('a problem written as a file of FET', () => {
  test('is read again as the same one, with its timetable held fast', () => {
    const named = [
      `<ConstraintTeachersMaxGapsPerWeek><Max_Gaps>1</Max_Gaps></ConstraintTeachersMaxGapsPerWeek>`,
      `<ConstraintTeacherNotAvailableTimes><Teacher>Борис</Teacher>${away}</ConstraintTeacherNotAvailableTimes>`,
      `<ConstraintMinDaysBetweenActivities><Weight_Percentage>95</Weight_Percentage>${ids(1, 2)}<MinDays>1</MinDays></ConstraintMinDaysBetweenActivities>`,
      `<ConstraintRoomNotAvailableTimes><Weight_Percentage>90</Weight_Percentage><Room>Всё сразу</Room>${away}</ConstraintRoomNotAvailableTimes>`,
      `<ConstraintStudentsMinGapsBetweenOrderedPairOfActivityTags><First_Activity_Tag>лёгкий</First_Activity_Tag><Second_Activity_Tag>трудный</Second_Activity_Tag><MinGaps>1</MinGaps></ConstraintStudentsMinGapsBetweenOrderedPairOfActivityTags>`,
    ].join('')
    const { problem: given } = readFet(withLight(text.replace(END, named + END)), FILE)
    if (!given) throw new Error('not read')
    const timetable = emptyTimetable(given)
    timetable.start.set([0, 5, 9, 10])
    const { text: written, unsupported } = writeFetProblem(given, timetable)
    const { problem: again, faults } = readFet(written, FILE)
    expect([unsupported, faults]).toEqual([[], []])
    expect(again?.activities).toEqual(given.activities)
    expect(again?.rooms).toEqual(given.rooms)
    const plain = (of: typeof given | null) =>
      of?.constraints.map(({ source, ...rest }) => JSON.stringify(rest)).sort()
    const locks = [0, 5, 9, 10].map((slot, at) => ({
      kind: 'starts',
      activities: [at],
      slots: [slot],
      weight: HARD,
    }))
    expect(plain(again)).toEqual(
      [...(plain(given) ?? []), ...locks.map((lock) => JSON.stringify(lock))].sort(),
    )
  })

  test('has no slot in two lists of a room: wishes add up there, and what is closed stays closed', () => {
    const spare = (slots: number[], weight: number) =>
      ({ kind: 'room-away', room: 2, slots, weight }) as const
    const constraints = [spare([0, 1, 2], 0.25), spare([1, 2, 2], 0.5), spare([2, 3], HARD)]
    const { text: written, unsupported } = writeFetProblem({ ...problem, constraints })
    expect(unsupported).toEqual([])
    expect(readFet(written, FILE).problem?.constraints).toMatchObject([
      spare([0], 0.25),
      spare([1], 0.75),
      spare([2, 3], HARD),
    ])
  })

  test('names what FET has no words for', () => {
    const people = { teachers: [0], atoms: [] }
    const constraints = [
      { kind: 'not-last', activities: [0], weight: HARD },
      { kind: 'gap-after', people, before: [0, 1], after: [1, 0], periods: 1, weight: HARD },
      { kind: 'gap-after', people, before: [0], after: [2], periods: 1, weight: 0.5 },
      { kind: 'gaps', people, per: 'week', atMost: 1, weight: 2 },
      { kind: 'hours', people, atMost: 2, weight: 0.5 },
      { kind: 'room-away', room: 1, slots: [0], weight: 0.5 },
    ] as const
    const { unsupported } = writeFetProblem({ ...problem, constraints })
    expect(unsupported.map(({ type }) => type)).toEqual([
      'room-away counted in rooms made of others',
      'not-last',
      'gap-after',
      'gap-after as a wish',
      'gaps as a wish',
      'hours counted by lessons',
      'weights above 99 %, all wishes made lighter',
    ])
  })
})
