import type { Constraint } from '#domain/timetable/constraint.ts'
import type { FetConstraint } from './fet-constraint.ts'

type Home = { readonly constraint: FetConstraint; readonly owner: number; readonly rooms: readonly number[] }

/** Types of FET about whose room is whose. */
export const HOME_ROOMS: Record<string, 'students' | 'teachers'> = {
  StudentsSetHomeRoom: 'students',
  StudentsSetHomeRooms: 'students',
  TeacherHomeRoom: 'teachers',
  TeacherHomeRooms: 'teachers',
}

/** Gathers home rooms of a file; which activities they are for is known when all of it has been read. */
export class HomeRooms {
  private readonly homes = { students: [] as Home[], teachers: [] as Home[] }

  add(constraint: FetConstraint, who: 'students' | 'teachers'): void {
    const { scope } = constraint
    const owner =
      who === 'students'
        ? constraint.named(scope.students, 'Students', 'Students_Name')
        : constraint.named(scope.teachers, 'Teacher', 'Teacher_Name')
    const rooms = constraint.roomList()
    if (owner !== null) this.homes[who].push({ constraint, owner, rooms })
  }

  /** FET asks the rooms of the only set of students first, then those of the only teacher; named rooms come before. */
  constraints(named: ReadonlySet<number>): Constraint[] {
    const activities = new Map<Home, number[]>()
    const all = [...this.homes.students, ...this.homes.teachers]
    for (const [index, activity] of (all[0]?.constraint.scope.problem.activities ?? []).entries()) {
      if (named.has(index)) continue
      const home = this.of('students', activity.students) ?? this.of('teachers', activity.teachers)
      if (home) activities.set(home, [...(activities.get(home) ?? []), index])
    }
    return [...activities].map(([{ constraint, rooms }, list]) => ({
      ...{ kind: 'home-rooms', activities: list, rooms },
      ...{ weight: constraint.weight, source: constraint.source },
    }))
  }

  private of(who: 'students' | 'teachers', owners: readonly number[]): Home | undefined {
    return owners.length === 1 ? this.homes[who].find(({ owner }) => owner === owners[0]) : undefined
  }
}
