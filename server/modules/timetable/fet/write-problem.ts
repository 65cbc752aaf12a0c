import type { PlacedTimetable, TimetableProblem } from '#domain/timetable/problem.ts'
import type { Unsupported } from '../faults.ts'
import { constraintLists } from './constraint-lists.ts'
import { element, textElement } from './markup.ts'
import { locks } from './write.ts'
import { nameAll, unique, type WrittenNames } from './written-names.ts'

/** The version of FET whose words these are. */
const VERSION = '6.8.5'

/**
 * Writes any problem as a file of FET, with the timetable locked into it if there is one. What FET has no words for is
 * left out and named by its kind; wishes that weigh more than FET's percentages allow are all made lighter alike,
 * which is named too.
 */
export function writeFetProblem(
  problem: TimetableProblem,
  timetable?: PlacedTimetable,
): { readonly text: string; readonly unsupported: readonly Unsupported[] } {
  const names = nameAll(problem)
  const tags = new ExtraTags(problem)
  const { time, space, unsupported } = constraintLists({ problem, names, tagOf: (list) => tags.of(list) })
  const named = { ...problem, days: names.days, periods: names.periods }
  const held = timetable
    ? locks(
        {
          ...named,
          rooms: problem.rooms.map((room, index) => ({ ...room, name: names.rooms[index] ?? '' })),
          activities: problem.activities.map((one, index) => ({ ...one, id: String(names.ids[index]) })),
        },
        timetable,
      )
    : []
  const lockedIn = (list: string) =>
    held
      .filter((lock) => lock.list === list)
      .map(({ type, content }) => element(`Constraint${type}`, content))
      .join('')
  const text = [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<fet version="${VERSION}">\n`,
    textElement('Mode', 'Official') +
      textElement('Institution_Name', problem.name) +
      textElement('Comments', ''),
    ...[lists(problem, names, tags), students(problem, names), activities(problem, names, tags)],
    rooms(problem, names),
    element('Time_Constraints_List', time, lockedIn('Time_Constraints_List')),
    element('Space_Constraints_List', space, lockedIn('Space_Constraints_List')),
    '</fet>\n',
  ].join('')
  return { text, unsupported }
}

/** Tags of the problem and one more for each choice of activities that has none. */
class ExtraTags {
  readonly names: string[]
  readonly ofActivity: string[][]
  private readonly known = new Map<string, string>()

  constructor(problem: TimetableProblem) {
    this.names = unique(problem.tags)
    this.ofActivity = problem.activities.map(({ tags }) => tags.map((tag) => this.names[tag] ?? ''))
    for (const [tag, name] of this.names.entries()) {
      const list = problem.activities.flatMap(({ tags }, index) => (tags.includes(tag) ? index : []))
      this.known.set(list.join(), name)
    }
  }

  of(activities: readonly number[]): string {
    const sorted = [...new Set(activities)].sort((a, b) => a - b)
    const known = this.known.get(sorted.join())
    if (known !== undefined) return known
    const name = unique([...this.names, '+'.repeat(this.known.size + 1)]).at(-1) ?? ''
    this.names.push(name)
    this.known.set(sorted.join(), name)
    for (const index of sorted) this.ofActivity[index]?.push(name)
    return name
  }
}

function lists(problem: TimetableProblem, names: WrittenNames, tags: ExtraTags): string {
  const list = (listName: string, one: string, all: readonly string[], count?: string) =>
    element(
      listName,
      ...(count ? [textElement(count, all.length)] : []),
      ...all.map((name) => element(one, textElement('Name', name))),
    )
  return [
    list('Days_List', 'Day', names.days, 'Number_of_Days'),
    list('Hours_List', 'Hour', names.periods, 'Number_of_Hours'),
    list('Subjects_List', 'Subject', names.subjects),
    list('Activity_Tags_List', 'Activity_Tag', tags.names),
    list('Teachers_List', 'Teacher', names.teachers),
    list('Buildings_List', 'Building', names.buildings.slice(0, problem.buildings.length)),
  ].join('')
}

/** Sets are years, atoms their groups; a set that is one atom is that group, if it is a group of some year. */
function students({ studentSets, atoms }: TimetableProblem, names: WrittenNames): string {
  const sizes = new Map(studentSets.map(({ size }, set) => [names.sets[set], size]))
  const isAtom = (set: number, own: readonly number[]) =>
    own.length === 1 && names.atoms[own[0] ?? -1] === names.sets[set]
  const inYears = new Set(studentSets.flatMap(({ atoms: own }, set) => (isAtom(set, own) ? [] : own)))
  const group = (atom: number) => {
    const name = names.atoms[atom] ?? ''
    return element(
      'Group',
      textElement('Name', name),
      textElement('Number_of_Students', sizes.get(name) ?? 0),
    )
  }
  const years = studentSets.flatMap(({ size, atoms: own }, set) => {
    const name = names.sets[set] ?? ''
    if (isAtom(set, own) && inYears.has(own[0] ?? -1)) return []
    const groups = isAtom(set, own) ? [] : own.map(group)
    return element('Year', textElement('Name', name), textElement('Number_of_Students', size), ...groups)
  })
  const covered = new Set(studentSets.flatMap((set) => set.atoms))
  const others = atoms.flatMap((_, atom) =>
    covered.has(atom) ? [] : element('Year', textElement('Name', names.atoms[atom] ?? '')),
  )
  return element('Students_List', ...years, ...others)
}

function activities({ activities: all }: TimetableProblem, names: WrittenNames, tags: ExtraTags): string {
  const first = new Map<string, number>()
  const total = new Map<string, number>()
  for (const index of names.order) {
    const { group, length } = all[index] ?? { group: null, length: 0 }
    if (group === null) continue
    if (!first.has(group)) first.set(group, names.ids[index] ?? 0)
    total.set(group, (total.get(group) ?? 0) + length)
  }
  const one = (index: number) => {
    const activity = all[index]
    if (!activity) return ''
    const group = activity.group ?? ''
    return element(
      'Activity',
      ...activity.teachers.map((teacher) => textElement('Teacher', names.teachers[teacher] ?? '')),
      textElement('Subject', names.subjects[activity.subject] ?? ''),
      ...(tags.ofActivity[index] ?? []).map((tag) => textElement('Activity_Tag', tag)),
      ...activity.students.map((set) => textElement('Students', names.sets[set] ?? '')),
      textElement('Duration', activity.length),
      textElement('Total_Duration', total.get(group) ?? activity.length),
      textElement('Id', names.ids[index] ?? 0),
      textElement('Activity_Group_Id', first.get(group) ?? 0),
      textElement('Number_Of_Students', activity.size),
      textElement('Active', 'true'),
      textElement('Comments', activity.id),
    )
  }
  return element('Activities_List', ...names.order.map(one))
}

function rooms({ rooms: all }: TimetableProblem, names: WrittenNames): string {
  const parts = (sets: readonly (readonly number[])[]) =>
    textElement('Number_of_Sets_of_Real_Rooms', sets.length) +
    sets
      .map((set) =>
        element(
          'Set_of_Real_Rooms',
          textElement('Number_of_Real_Rooms', set.length),
          ...set.map((room) => textElement('Real_Room', names.rooms[room] ?? '')),
        ),
      )
      .join('')
  const one = (room: (typeof all)[number], index: number) =>
    element(
      'Room',
      textElement('Name', names.rooms[index] ?? ''),
      textElement('Building', names.buildings[room.building ?? -1] ?? ''),
      textElement('Capacity', Math.min(room.capacity, 30_000)),
      textElement('Virtual', String(room.parts !== undefined)),
      room.parts ? parts(room.parts) : '',
    )
  return element('Rooms_List', ...all.map(one))
}
