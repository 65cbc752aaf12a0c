import type { Clash, Constraint, People } from '#domain/timetable/constraint.ts'
import type { PlacedTimetable, TimetableProblem } from '#domain/timetable/problem.ts'

/** Units by constraint; those hard in spite of a soft weight apart; clashes by name. */
export type SlowCount = {
  readonly units: readonly number[]
  readonly hardAside: readonly number[]
  readonly clashes: Record<Clash, number>
}

/**
 * A second counting that shares nothing with the product but types. It thinks in lessons, «who is where at which
 * day and period», and walks all of them for each question.
 */
export function slowCount(problem: TimetableProblem, timetable: PlacedTimetable): SlowCount {
  const school = new School(problem, timetable)
  return {
    units: problem.constraints.map((constraint) => school.units(constraint)),
    hardAside: problem.constraints.map((constraint) => school.parted(constraint)),
    clashes: school.clashes(),
  }
}

/** Units that may never be, without cards that have no place, and the price of wishes. */
export function slowCost(problem: TimetableProblem, timetable: PlacedTimetable) {
  const { units, hardAside, clashes } = slowCount(problem, timetable)
  let hard = clashes['teacher-clash'] + clashes['student-clash'] + clashes['room-clash'] + clashes.capacity
  let soft = 0
  problem.constraints.forEach(({ kind, weight }, index) => {
    hard += hardAside[index] ?? 0
    if (weight === Infinity || kind === 'away' || kind === 'pause') hard += units[index] ?? 0
    else soft += weight * (units[index] ?? 0)
  })
  return { hard, soft, unplaced: clashes.unplaced }
}

type Lesson = { card: number; day: number; period: number; teachers: number[]; atoms: number[]; room: number }
type Of<K extends Constraint['kind']> = Constraint & { kind: K }

const count = <T>(list: readonly T[], is: (one: T) => boolean) => list.filter(is).length
const positive = (number: number) => Math.max(0, number)

class School {
  private readonly problem: TimetableProblem
  private readonly lessons: Lesson[] = []
  private readonly days: number[]
  private readonly periods: number[]

  constructor(problem: TimetableProblem, timetable: PlacedTimetable) {
    this.problem = problem
    this.days = problem.days.map((_, day) => day)
    this.periods = problem.periods.map((_, period) => period)
    problem.activities.forEach((activity, card) => {
      const start = timetable.start[card] as number
      if (start === -1) return
      const day = Math.trunc(start / this.periods.length)
      const period = start - day * this.periods.length
      if (period + activity.length > this.periods.length) return
      const atoms = [...new Set(activity.students.flatMap((set) => problem.studentSets[set]?.atoms ?? []))]
      const teachers = activity.teachers.filter((one, at) => activity.teachers.indexOf(one) === at)
      for (let k = 0; k < activity.length; k++)
        this.lessons.push({
          card,
          day,
          period: period + k,
          teachers,
          atoms,
          room: timetable.room[card] as number,
        })
    })
  }

  private of(card: number) {
    return this.lessons.filter((lesson) => lesson.card === card)
  }
  private first(card: number) {
    return this.of(card)[0]
  }
  private last(card: number) {
    return this.of(card).at(-1)
  }
  private placed(cards: readonly number[]) {
    return cards.filter((card) => this.first(card) !== undefined)
  }
  private slot({ day, period }: { day: number; period: number }) {
    return day * this.periods.length + period
  }
  private pause(day: number, period: number) {
    return this.problem.constraints.some(
      (one) => one.kind === 'pause' && one.slots.includes(this.slot({ day, period })),
    )
  }

  private everybody(people: People): { teacher?: number; atom?: number }[] {
    return [...people.teachers.map((teacher) => ({ teacher })), ...people.atoms.map((atom) => ({ atom }))]
  }
  private isOf(lesson: Lesson, who: { teacher?: number; atom?: number }) {
    return who.teacher === undefined
      ? lesson.atoms.includes(who.atom as number)
      : lesson.teachers.includes(who.teacher)
  }
  private isAway(who: { teacher?: number; atom?: number }, day: number, period: number) {
    return this.problem.constraints.some(
      (one) =>
        one.kind === 'away' &&
        one.slots.includes(this.slot({ day, period })) &&
        (who.teacher === undefined
          ? one.people.atoms.includes(who.atom as number)
          : one.people.teachers.includes(who.teacher)),
    )
  }
  /** Periods of a day in which somebody is busy. */
  private busy(who: { teacher?: number; atom?: number }, day: number, only?: readonly number[]) {
    return this.periods.filter((period) =>
      this.lessons.some(
        (lesson) =>
          lesson.day === day &&
          lesson.period === period &&
          this.isOf(lesson, who) &&
          (!only || only.includes(lesson.card)),
      ),
    )
  }

  private sumPeople(people: People, units: (who: { teacher?: number; atom?: number }) => number) {
    let sum = 0
    for (const who of this.everybody(people)) sum += units(who)
    return sum
  }
  private sumDays(people: People, units: (who: { teacher?: number; atom?: number }, day: number) => number) {
    return this.sumPeople(people, (who) => this.days.reduce((sum, day) => sum + units(who, day), 0))
  }
  private pairs(cards: readonly number[], units: (a: number, b: number) => number) {
    let sum = 0
    const placed = this.placed(cards)
    for (let i = 0; i < placed.length; i++)
      for (let j = 0; j < i; j++) sum += units(placed[j] as number, placed[i] as number)
    return sum
  }
  private dayOf(card: number) {
    return this.first(card)?.day as number
  }
  private begin(card: number) {
    return this.first(card)?.period as number
  }
  private finish(card: number) {
    return this.last(card)?.period as number
  }
  /** Every period strictly between the two is a pause. */
  private rightAfter(a: number, b: number) {
    if (this.dayOf(a) !== this.dayOf(b) || this.begin(b) <= this.finish(a)) return false
    return this.periods
      .filter((period) => period > this.finish(a) && period < this.begin(b))
      .every((period) => this.pause(this.dayOf(a), period))
  }
  private touching(a: number, b: number) {
    return this.finish(a) + 1 === this.begin(b) || this.finish(b) + 1 === this.begin(a)
  }
  private windows(who: { teacher?: number; atom?: number }, day: number) {
    const busy = this.busy(who, day)
    return count(
      this.periods,
      (period) =>
        busy.some((one) => one < period) &&
        busy.some((one) => one > period) &&
        !busy.includes(period) &&
        !this.pause(day, period) &&
        !this.isAway(who, day, period),
    )
  }
  private building(who: { teacher?: number; atom?: number }, day: number, period: number) {
    const there = this.lessons.filter(
      (lesson) => lesson.day === day && lesson.period === period && this.isOf(lesson, who),
    )
    const room = there.length === 1 ? this.problem.rooms[there[0]?.room ?? -1] : undefined
    return room?.building ?? null
  }
  /** Pairs of periods between which somebody moves. */
  private moves(who: { teacher?: number; atom?: number }, day: number) {
    const known = this.busy(who, day).filter((period) => this.building(who, day, period) !== null)
    const moves: [number, number][] = []
    for (let i = 1; i < known.length; i++) {
      const [from, to] = [known[i - 1] as number, known[i] as number]
      if (this.building(who, day, from) !== this.building(who, day, to)) moves.push([from, to])
    }
    return moves
  }

  /** Pairs of one day that should touch and do not, where that is not the constraint's own weight. */
  parted(constraint: Constraint): number {
    if (constraint.kind !== 'days-apart' || !constraint.adjacent || constraint.weight === Infinity) return 0
    return this.pairs(constraint.activities, (a, b) =>
      this.dayOf(a) === this.dayOf(b) && !this.touching(a, b) ? 1 : 0,
    )
  }

  units(one: Constraint): number {
    switch (one.kind) {
      case 'pause':
        return count(this.lessons, (lesson) => one.slots.includes(this.slot(lesson)))
      case 'starts':
        return count(
          this.placed(one.activities),
          (card) => !one.slots.includes(this.slot(this.first(card) as Lesson)),
        )
      case 'slots':
        return count(
          this.lessons,
          (lesson) => one.activities.includes(lesson.card) && !one.slots.includes(this.slot(lesson)),
        )
      case 'days-apart':
        return this.pairs(one.activities, (a, b) =>
          positive(one.days - Math.abs(this.dayOf(a) - this.dayOf(b))),
        )
      case 'days-within':
        return this.pairs(one.activities, (a, b) =>
          positive(Math.abs(this.dayOf(a) - this.dayOf(b)) - one.days),
        )
      case 'per-day':
        return this.days.reduce(
          (sum, day) =>
            sum +
            positive(count(this.placed(one.activities), (card) => this.dayOf(card) === day) - one.atMost),
          0,
        )
      case 'gap-between':
        return this.pairs(one.activities, (a, b) => {
          if (this.dayOf(a) !== this.dayOf(b)) return 0
          const between = count(
            this.periods,
            (period) =>
              (period > this.finish(a) && period < this.begin(b)) ||
              (period > this.finish(b) && period < this.begin(a)),
          )
          return positive(one.periods - between)
        })
      case 'same-start':
        return this.pairs(one.activities, (a, b) =>
          this.dayOf(a) === this.dayOf(b) && this.begin(a) === this.begin(b) ? 0 : 1,
        )
      case 'same-day':
        return this.pairs(one.activities, (a, b) => (this.dayOf(a) === this.dayOf(b) ? 0 : 1))
      case 'same-period':
        return this.pairs(one.activities, (a, b) => (this.begin(a) === this.begin(b) ? 0 : 1))
      case 'not-overlapping':
        return this.pairs(one.activities, (a, b) =>
          count(this.of(a), (mine) =>
            this.of(b).some((other) => other.day === mine.day && other.period === mine.period),
          ),
        )
      case 'consecutive':
        return this.placed([one.first, one.second]).length === 2 && !this.rightAfter(one.first, one.second)
          ? 1
          : 0
      case 'ordered':
        return this.ordered(one)
      case 'grouped':
        return this.grouped(one)
      default:
        return this.moreUnits(one)
    }
  }

  private ordered({ first, second, sameDay }: Of<'ordered'>) {
    const [a, b] = [this.last(first), this.first(second)]
    if (!a || !b) return 0
    if (a.day === b.day) return b.period > a.period ? 0 : 1
    return !sameDay && b.day < a.day ? 1 : 0
  }

  private grouped({ activities }: Of<'grouped'>) {
    const mine = this.lessons.filter((lesson) => activities.includes(lesson.card))
    if (mine.length === 0) return 0
    const [{ day }] = mine as [Lesson]
    if (mine.some((lesson) => lesson.day !== day)) return 1
    const periods = mine.map((lesson) => lesson.period)
    if (new Set(periods).size < periods.length) return 1
    const holes = count(
      this.periods,
      (period) =>
        period > Math.min(...periods) &&
        period < Math.max(...periods) &&
        !periods.includes(period) &&
        !this.pause(day, period),
    )
    const waiting = activities
      .filter((card) => !this.first(card))
      .map((card) => this.problem.activities[card]?.length ?? 0)
    return holes > waiting.reduce((a, b) => a + b, 0) ? 1 : 0
  }

  private moreUnits(one: Constraint): number {
    switch (one.kind) {
      case 'ends-day':
        return this.lessonsAfter(one.activities)
      case 'not-last':
        return this.sumDays(
          { teachers: [], atoms: this.problem.atoms.map((_, atom) => atom) },
          (who, day) => {
            const last = this.busy(who, day).at(-1)
            return this.lessons.some(
              (lesson) =>
                lesson.day === day &&
                lesson.period === last &&
                this.isOf(lesson, who) &&
                one.activities.includes(lesson.card),
            )
              ? 1
              : 0
          },
        )
      case 'slots-taken': {
        const taken = count(one.slots, (slot) =>
          this.lessons.some((lesson) => this.slot(lesson) === slot && one.activities.includes(lesson.card)),
        )
        return this.beyond(taken, one)
      }
      case 'simultaneous':
        return one.slots.reduce((sum, slot) => {
          const here = count(
            this.lessons,
            (lesson) => this.slot(lesson) === slot && one.activities.includes(lesson.card),
          )
          return sum + this.beyond(here, one)
        }, 0)
      case 'kept': {
        const moved = one.activities.filter((card, at) => {
          const first = this.first(card)
          return first && this.slot(first) !== one.starts[at]
        })
        return positive(moved.length - one.atMost)
      }
      case 'rooms':
        return count(this.placed(one.activities), (card) => !one.rooms.includes(this.first(card)?.room ?? -1))
      case 'home-rooms':
        return count(
          this.placed(one.activities),
          (card) =>
            !one.rooms.includes(this.first(card)?.room ?? -1) &&
            !this.problem.constraints.some(
              (other) => other.kind === 'rooms' && other.activities.includes(card),
            ),
        )
      case 'room-away':
        return count(
          this.lessons,
          (lesson) =>
            one.slots.includes(this.slot(lesson)) &&
            (lesson.room === one.room ||
              (one.weight !== Infinity &&
                (this.problem.rooms[lesson.room]?.parts ?? []).some((part) => `${part}` === `${one.room}`))),
        )
      case 'same-room-if-consecutive':
        return this.pairs(one.activities, (a, b) => {
          const [here, there] = [this.first(a)?.room, this.first(b)?.room]
          if (here === -1 || there === -1 || here === there) return 0
          return this.rightAfter(a, b) || this.rightAfter(b, a) ? 1 : 0
        })
      case 'different-rooms':
        return positive(
          new Set(
            this.placed(one.activities)
              .map((card) => this.first(card)?.room)
              .filter((room) => room !== -1),
          ).size - one.atMost,
        )
      default:
        return this.peopleUnits(one)
    }
  }

  private beyond(number: number, { atMost, atLeast }: { atMost?: number; atLeast?: number }) {
    let units = 0
    if (atMost !== undefined && number > atMost) units += number - atMost
    if (atLeast !== undefined && number < atLeast) units += atLeast - number
    return units
  }

  private lessonsAfter(cards: readonly number[]) {
    let sum = 0
    for (const card of this.placed(cards))
      for (const atom of this.first(card)?.atoms ?? [])
        sum += count(this.busy({ atom }, this.dayOf(card)), (period) => period > this.finish(card))
    return sum
  }

  private peopleUnits(one: Constraint): number {
    switch (one.kind) {
      case 'away':
        return this.sumDays(one.people, (who, day) =>
          count(this.busy(who, day), (period) => one.slots.includes(this.slot({ day, period }))),
        )
      case 'gaps':
        return one.per === 'day'
          ? this.sumDays(one.people, (who, day) => positive(this.windows(who, day) - one.atMost))
          : this.sumPeople(one.people, (who) =>
              positive(this.days.reduce((sum, day) => sum + this.windows(who, day), 0) - one.atMost),
            )
      case 'hours':
        return this.sumDays(one.people, (who, day) => {
          const hours = this.busy(who, day, one.only).length
          const { atMost, atLeast } = one
          let units = atMost === undefined ? 0 : positive(hours - atMost)
          if (one.once) units = Math.min(units, 1)
          if (atLeast !== undefined && hours < atLeast && (hours > 0 || one.emptyDaysToo))
            units += atLeast - hours
          return units
        })
      case 'running':
        // A lesson is over when the `atMost` periods before it are lessons too.
        return this.sumDays(one.people, (who, day) => {
          const busy = this.busy(who, day, one.only)
          return count(busy, (period) => {
            for (let back = 1; back <= one.atMost; back++) if (!busy.includes(period - back)) return false
            return !one.once || !busy.includes(period - one.atMost - 1)
          })
        })
      case 'days':
        return this.sumPeople(one.people, (who) =>
          this.beyond(
            count(this.days, (day) => this.busy(who, day).length > 0),
            one,
          ),
        )
      case 'interval-days':
        return this.sumPeople(one.people, (who) =>
          positive(
            count(this.days, (day) =>
              this.busy(who, day).some((period) => period >= one.from && period <= one.to),
            ) - one.atMost,
          ),
        )
      case 'late-starts':
        return this.sumPeople(one.people, (who) => this.late(who, one.atMost))
      default:
        return this.dayUnits(one)
    }
  }

  private late(who: { teacher?: number; atom?: number }, atMost: number) {
    const waited = this.days.map((day) => {
      const first = this.busy(who, day)[0] ?? 0
      return count(
        this.periods,
        (period) => period < first && !this.pause(day, period) && !this.isAway(who, day, period),
      )
    })
    const beyondSecond = waited.reduce((sum, one) => sum + positive(one - 1), 0)
    return beyondSecond + positive(count(waited, (one) => one > 0) - atMost)
  }

  private dayUnits(one: Constraint): number {
    switch (one.kind) {
      case 'span':
        return this.sumDays(one.people, (who, day) => {
          const busy = this.busy(who, day)
          return busy.length === 0 ? 0 : positive(Math.max(...busy) - Math.min(...busy) + 1 - one.atMost)
        })
      case 'rest':
        return this.sumDays(one.people, (who, day) => {
          const [today, next] = [this.busy(who, day), this.busy(who, day + 1)]
          if (today.length === 0 || next.length === 0) return 0
          const evening = count(this.periods, (period) => period > Math.max(...today))
          return positive(one.atLeast - evening - Math.min(...next))
        })
      case 'gap-after': {
        let short = 0
        for (const a of this.placed([...new Set(one.before)]))
          for (const b of this.placed([...new Set(one.after)])) {
            const has = (card: number, who: { teacher?: number; atom?: number }) =>
              this.of(card).some((lesson) => this.isOf(lesson, who))
            const together = this.everybody(one.people).some((who) => has(a, who) && has(b, who))
            if (a === b || !together || this.dayOf(a) !== this.dayOf(b) || this.begin(b) <= this.finish(a))
              continue
            short += positive(one.periods - (this.begin(b) - this.finish(a) - 1))
          }
        return short
      }
      case 'day-points':
        return this.sumDays(one.people, (who, day) => {
          const cards = new Set(
            this.lessons
              .filter((lesson) => lesson.day === day && this.isOf(lesson, who))
              .map(({ card }) => card),
          )
          let points = 0
          for (const card of cards) points += one.points[card] as number
          return positive(points - (one.atMost[day] as number))
        })
      case 'building-changes':
        return one.per === 'day'
          ? this.sumDays(one.people, (who, day) => positive(this.moves(who, day).length - one.atMost))
          : this.sumPeople(one.people, (who) =>
              positive(this.days.reduce((sum, day) => sum + this.moves(who, day).length, 0) - one.atMost),
            )
      case 'building-gap':
        return this.sumDays(one.people, (who, day) =>
          this.moves(who, day).reduce((sum, [from, to]) => sum + positive(one.atLeast - (to - from - 1)), 0),
        )
      default:
        throw new Error(`nobody counts ${one.kind}`)
    }
  }

  clashes(): Record<Clash, number> {
    const { problem } = this
    const found = { 'teacher-clash': 0, 'student-clash': 0, 'room-clash': 0, unplaced: 0, capacity: 0 }
    problem.activities.forEach(({ size }, card) => {
      const first = this.first(card)
      if (!first) found.unplaced++
      else if (first.room !== -1 && (problem.rooms[first.room]?.capacity as number) < size) found.capacity++
    })
    for (const day of this.days)
      for (const period of this.periods) {
        const now = this.lessons.filter((lesson) => lesson.day === day && lesson.period === period)
        problem.teachers.forEach((_, teacher) => {
          found['teacher-clash'] += positive(count(now, ({ teachers }) => teachers.includes(teacher)) - 1)
        })
        problem.atoms.forEach((_, atom) => {
          found['student-clash'] += positive(count(now, ({ atoms }) => atoms.includes(atom)) - 1)
        })
        problem.rooms.forEach((_, room) => {
          if (!problem.rooms[room]?.parts)
            found['room-clash'] += positive(count(now, (lesson) => lesson.room === room) - 1)
        })
        found['room-clash'] += this.roomsMissing(now, this.slot({ day, period }))
      }
    return found
  }

  /** Tries every way of handing out real rooms to the lessons in rooms made of others. */
  private roomsMissing(now: Lesson[], slot: number): number {
    const { rooms, constraints } = this.problem
    const taken = new Set(now.map(({ room }) => room))
    const free = (room: number) =>
      !taken.has(room) &&
      !constraints.some(
        (one) =>
          one.kind === 'room-away' &&
          one.weight === Infinity &&
          one.room === room &&
          one.slots.includes(slot),
      )
    const asked = now.flatMap(({ room }) => (rooms[room]?.parts ?? []).map((part) => part.filter(free)))
    const least = (index: number, used: readonly number[]): number => {
      const part = asked[index]
      if (!part) return 0
      const ways = part
        .filter((room) => !used.includes(room))
        .map((room) => least(index + 1, [...used, room]))
      return Math.min(1 + least(index + 1, used), ...ways)
    }
    return least(0, [])
  }
}
