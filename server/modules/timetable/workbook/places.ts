import type { TimetableRoom } from '#domain/timetable/problem.ts'
import type { IntakeData, TeachingAssignmentRecord } from '#modules/imports/index.ts'
import type { CourseCard } from './cards.ts'
import { roomsName } from './workbook.words.ts'

// The tables of an intake do not say how many a room holds.
const ANY_NUMBER = 10_000

/** Rooms of the intake by key, and rooms made of several of them for subgroups at once. */
export type Places = {
  readonly rooms: readonly TimetableRoom[]
  readonly indexOf: ReadonlyMap<string, number>
  /** Rooms each course may be in; none when nothing is known. */
  readonly ofCourse: readonly (readonly number[])[]
}

/** A course is in its teacher's room, else in that of the class's own teacher, and where the given timetable has it. */
export function placesOf(data: IntakeData, courses: readonly CourseCard[]): Places {
  const rooms: TimetableRoom[] = data.rooms.map(({ name }) => ({
    name,
    capacity: ANY_NUMBER,
    building: null,
  }))
  const indexOf = new Map(data.rooms.map(({ key }, index) => [key, index]))
  const together = (parts: readonly number[]): number => {
    const key = parts.join('+')
    const known = indexOf.get(key)
    if (known !== undefined) return known
    const name = roomsName(parts.map((part) => rooms[part]?.name ?? ''))
    rooms.push({ name, capacity: ANY_NUMBER, building: null, parts: parts.map((part) => [part]) })
    indexOf.set(key, rooms.length - 1)
    return rooms.length - 1
  }
  const ofCourse = courses.map(({ assignments }) => {
    const own = assignments.map((one) => roomKeys(data, one))
    const [first = []] = own
    const keysToIndex = (key: string) => indexOf.get(key) ?? 0
    if (assignments.length === 1) return first.map(keysToIndex)
    const chosen = own.map(([key]) => key).filter((key) => key !== undefined)
    return chosen.length < own.length ? [] : [together(chosen.map(keysToIndex))]
  })
  return { rooms, indexOf, ofCourse }
}

function roomKeys(data: IntakeData, { key, teacherKey, classKey }: TeachingAssignmentRecord): string[] {
  const given = data.timetable
    .filter(({ assignmentKey }) => assignmentKey === key)
    .map((slot) => slot.roomKey)
  const teacher = data.staff.find((person) => person.key === teacherKey)?.roomKey ?? null
  const classTeacher = data.staff.find(({ homeroomClassKey }) => homeroomClassKey === classKey)
  const own = teacher ?? classTeacher?.roomKey ?? null
  return [...new Set([own, ...given])].filter((found) => found !== null)
}
