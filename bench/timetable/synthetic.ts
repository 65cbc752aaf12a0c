import { type Constraint, HARD } from '#domain/timetable/constraint.ts'
import { normConstraints } from '#domain/timetable/norms/constraints.ts'
import type { CardPart, NormBell, NormCard, NormSetting } from '#domain/timetable/norms/setting.ts'
import type { Activity, TimetableProblem, TimetableRoom } from '#domain/timetable/problem.ts'
import { weightOf } from '#domain/timetable/weight.ts'
import { type Chair, DAY_NAMES, FIRST_HOUR, LETTERS, LINES, type Line, laterHour } from './curriculum-demo.ts'

/** A school that could be, with all norms as constraints: the same size and seed make the same school. */
export type SyntheticSchool = { readonly problem: TimetableProblem; readonly setting: NormSetting }

const PERIODS = 8
const CLASS_SIZE = 25
const TEACHER_LOAD = 20
const ROOM_LOAD = 26
const METHOD_DAY_SHARE = 0.35

// Lessons of 40 minutes from 8:30, an eighth after half an hour; grade 1 has 35 and a longer pause.
const STARTS = [510, 560, 620, 680, 735, 785, 835, 905]
const OLDER = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]

/** A school of so many classes of grades 1 to 11. */
export function syntheticSchool(classes: number, seed: number): SyntheticSchool {
  const school = new SchoolMade(classes, seed)
  for (let index = 0; index < classes; index++) school.addClass(index)
  return school.finish()
}

type Pool = { teachers: number[]; rooms: number[]; pairs: number[] }

class SchoolMade {
  private readonly random: () => number
  private readonly teachers: { name: string }[] = []
  private readonly load: number[] = []
  private readonly rooms: TimetableRoom[] = []
  private readonly pools = new Map<Chair, Pool>()
  private readonly activities: Activity[] = []
  private readonly cards: NormCard[] = []
  private readonly classes: NormSetting['classes'][number][] = []
  private readonly sets: TimetableProblem['studentSets'][number][] = []
  private readonly atoms: TimetableProblem['atoms'][number][] = []
  private readonly constraints: Constraint[] = []
  private readonly subjects = [...new Set([...LINES.map(({ subject }) => subject), FIRST_HOUR])]
  private readonly leading = new Set<number>()
  private readonly primary = new Set<number>()
  private readonly size: number

  constructor(size: number, seed: number) {
    this.size = size
    this.random = randomFrom(seed)
    for (const chair of new Set(LINES.map((line) => line.chair)))
      if (chair !== 'primary') this.openChair(chair)
  }

  addClass(index: number): void {
    const grade = gradeOf(index)
    const name = `${grade}${LETTERS[Math.floor(index / 11)] ?? ''}`
    const own = new Map<Chair, number[]>()
    const lessons = this.addSet(name)
    const later = this.addSet(`${name}, после уроков`)
    this.classes.push({ name, grades: [grade], adapted: false, shift: 1, atoms: [lessons] })
    const room = grade <= 4 ? this.addRoom(`каб. ${name}`, CLASS_SIZE + 5) : null
    if (grade <= 4) own.set('primary', [this.addTeacher(`Начальные классы ${name}`, true)])
    for (const line of LINES) {
      const hours = line.hours[grade - 1] ?? 0
      if (hours > 0) this.addCourse(index, line, hours, { own, set: lessons, room })
    }
    const leader = this.leaderOf(own)
    const fixed = { class: index, teachers: [leader], rooms: [] }
    this.addCards({ ...fixed, subject: FIRST_HOUR, set: lessons, part: 'extracurricular', lengths: [1] })
    const after = laterHour(grade)
    if (after !== null)
      this.addCards({ ...fixed, subject: after, set: later, part: 'extracurricular', lengths: [1] })
  }

  finish(): SyntheticSchool {
    this.addWishes()
    const base = {
      name: `synthetic-${this.size}`,
      days: DAY_NAMES,
      periods: STARTS.map((_, index) => String(index + 1)),
      teachers: this.teachers,
      atoms: this.atoms,
      studentSets: this.sets,
      subjects: this.subjects,
      tags: [],
      buildings: [],
      rooms: this.rooms,
      activities: this.activities,
    }
    const setting = { classes: this.classes, cards: this.cards, bells: bells(), month: 11 }
    const constraints = [...this.constraints, ...normConstraints(base, setting)]
    return { problem: { ...base, constraints }, setting }
  }

  private openChair(chair: Chair): void {
    const lines = LINES.filter((line) => line.chair === chair)
    const halved = lines.some((line) => line.halved)
    const need = lines.reduce((sum, line) => sum + this.hoursOf(line), 0)
    const teachers = Math.max(halved ? 2 : 1, Math.ceil(need / TEACHER_LOAD))
    const rooms = Math.max(halved ? 2 : 1, Math.ceil(need / ROOM_LOAD))
    const pool: Pool = { teachers: [], rooms: [], pairs: [] }
    for (let index = 0; index < teachers; index++)
      pool.teachers.push(this.addTeacher(`${chair} ${index + 1}`))
    for (let index = 0; index < rooms + (halved ? rooms % 2 : 0); index++)
      pool.rooms.push(this.addRoom(`${chair} ${index + 1}`, CLASS_SIZE + 5))
    for (let index = 0; halved && index + 1 < pool.rooms.length; index += 2) {
      const parts = pool.rooms.slice(index, index + 2).map((part) => [part])
      pool.pairs.push(
        this.rooms.push({ name: `${chair} ${index + 1}+${index + 2}`, capacity: 60, building: null, parts }) -
          1,
      )
    }
    this.pools.set(chair, pool)
  }

  private hoursOf({ hours, halved }: Line): number {
    const all = Array.from({ length: this.size }, (_, index) => hours[gradeOf(index) - 1] ?? 0)
    return all.reduce((sum, one) => sum + one * (halved ? 2 : 1), 0)
  }

  private addCourse(
    index: number,
    line: Line,
    hours: number,
    { own, set, room }: { own: Map<Chair, number[]>; set: number; room: number | null },
  ): void {
    const pool = this.pools.get(line.chair)
    const teachers = own.get(line.chair) ?? this.pick(pool?.teachers ?? [], line.halved ? 2 : 1)
    const rooms = placesOf(pool, line, room)
    own.set(line.chair, teachers)
    for (const teacher of teachers) this.load[teacher] = (this.load[teacher] ?? 0) + hours
    const lengths = line.doubled ? Array<number>(hours / 2).fill(2) : Array<number>(hours).fill(1)
    this.addCards({ class: index, subject: line.subject, teachers, rooms, set, part: 'lesson', lengths })
  }

  private addCards(course: {
    class: number
    subject: string
    teachers: readonly number[]
    rooms: readonly number[]
    set: number
    part: CardPart
    lengths: readonly number[]
  }): void {
    const { subject, teachers, rooms, set, part, lengths } = course
    if (!this.subjects.includes(subject)) this.subjects.push(subject)
    const group = `${this.classes[course.class]?.name}|${subject}`
    const activities = lengths.map((length, index) => {
      const activity = this.activities.length
      this.activities.push({
        id: `${group}|${index + 1}`,
        group,
        part: index + 1,
        subject: this.subjects.indexOf(subject),
        tags: [],
        teachers,
        students: [set],
        length,
        size: CLASS_SIZE,
      })
      const amongLessons = subject === FIRST_HOUR
      this.cards.push({ activity, class: course.class, subject, part, amongLessons })
      return activity
    })
    if (rooms.length > 0) this.constraints.push({ kind: 'rooms', activities, rooms, weight: HARD })
    if (activities.length > 1 && activities.length <= DAY_NAMES.length)
      this.constraints.push({
        kind: 'days-apart',
        activities,
        days: 1,
        adjacent: false,
        weight: weightOf('much'),
      })
  }

  /** Days for methodical work, the first hour of the week, windows of teachers. */
  private addWishes(): void {
    this.teachers.forEach((_, teacher) => {
      const chance = this.random()
      const day = Math.floor(this.random() * DAY_NAMES.length)
      // Whoever leads a class is there on Monday; whoever teaches much, or one class nearly all, needs all days.
      const needed = this.primary.has(teacher) || (this.load[teacher] ?? 0) > TEACHER_LOAD
      const busy = needed || (day === 0 && this.leading.has(teacher))
      if (chance > METHOD_DAY_SHARE || busy) return
      const slots = STARTS.map((_, period) => day * PERIODS + period)
      this.constraints.push({ kind: 'away', people: { teachers: [teacher], atoms: [] }, slots, weight: HARD })
    })
    const first = this.cards.filter(({ amongLessons }) => amongLessons).map(({ activity }) => activity)
    this.constraints.push({ kind: 'starts', activities: first, slots: [0], weight: HARD })
    const people = { teachers: this.teachers.map((_, teacher) => teacher), atoms: [] }
    this.constraints.push({ kind: 'gaps', per: 'week', atMost: 0, people, weight: weightOf('matters') })
  }

  // The least busy of a chair, by chance among equals.
  private pick(from: readonly number[], count: number): number[] {
    return from
      .map((teacher) => ({ teacher, load: this.load[teacher] ?? 0, chance: this.random() }))
      .sort((a, b) => a.load - b.load || a.chance - b.chance)
      .slice(0, count)
      .map(({ teacher }) => teacher)
  }

  // Somebody who teaches the class and leads no other; when all of them do, whoever is left.
  private leaderOf(own: ReadonlyMap<Chair, readonly number[]>): number {
    const teachers = [...(own.get('primary') ?? []), ...[...own.values()].flat()]
    const everybody = this.teachers.map((_, teacher) => teacher)
    const free = [...teachers, ...everybody].find((teacher) => !this.leading.has(teacher)) ?? 0
    this.leading.add(free)
    return free
  }

  private addSet(name: string): number {
    const atom = this.atoms.push({ name, set: this.sets.length }) - 1
    return this.sets.push({ name, size: CLASS_SIZE, atoms: [atom] }) - 1
  }

  private addTeacher(name: string, isPrimary = false): number {
    if (isPrimary) this.primary.add(this.teachers.length)
    this.load.push(0)
    return this.teachers.push({ name }) - 1
  }

  private addRoom(name: string, capacity: number): number {
    return this.rooms.push({ name, capacity, building: null }) - 1
  }
}

// Primary classes have a room of their own; halves need two rooms at once.
function placesOf(pool: Pool | undefined, { halved }: Line, own: number | null): readonly number[] {
  if (pool === undefined) return own === null ? [] : [own]
  return halved ? pool.pairs : pool.rooms
}

function gradeOf(index: number): number {
  return 1 + (index % 11)
}

function bells(): NormBell[] {
  return STARTS.flatMap((startsAt, period) => {
    const bell = { period, number: period + 1, extracurricular: period === PERIODS - 1 }
    // The third lesson of grade 1 begins after its long pause.
    const youngest = startsAt + (period === 2 ? 20 : 0) + (period === 3 ? 5 : 0)
    return [
      { ...bell, grades: OLDER, startsAt, endsAt: startsAt + 40 },
      ...(period < 5 ? [{ ...bell, grades: [1], startsAt: youngest, endsAt: youngest + 35 }] : []),
    ]
  })
}

// A 32-bit generator of the mulberry kind: enough to make a school, not to search.
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
