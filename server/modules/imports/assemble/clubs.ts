import { journalTitle } from '#domain/text/journal-title.ts'
import type { ActivityGroupRecord, JoinedGroupRecord } from '../intake-data.ts'
import type { ClubMemberRow, ClubRow } from '../readers/clubs.ts'
import { classLabel } from '../values/class-labels.ts'
import { fold } from '../values/text.ts'
import type { Registry } from './registry.ts'
import { findChild, findClass, findStaff, labelOf, learnRoom, saidAt } from './registry.ts'

type Clubs = { activityGroups: ActivityGroupRecord[]; joinedGroups: JoinedGroupRecord[] }

/**
 * Groups of clubs with their weekly times and children, and children of groups the journal has already; the stated
 * number of children is counted again.
 */
export function assembleClubs(clubs: ClubRow[], members: ClubMemberRow[], registry: Registry): Clubs {
  const groups = new Map<string, ActivityGroupRecord>()
  for (const row of clubs) addMeeting(groups, row, registry)
  const known = registry.known.activityGroups.filter(({ key }) => !groups.has(key))
  const joined = new Map(known.map(({ key }) => [key, { key, classKeys: [], memberKeys: [] }]))
  const all = [...groups.values(), ...known]
  for (const row of members) {
    const key = meantGroup(row, all, registry)?.key ?? groupKey(row)
    addMember(groups.get(key) ?? joined.get(key), row, registry)
  }
  if (members.length > 0) for (const row of clubs) checkSize(groups, members, row, registry)
  const filled = [...joined.values()].filter(({ memberKeys }) => memberKeys.length > 0)
  return {
    activityGroups: [...groups.values()],
    joinedGroups: filled.map(({ key, memberKeys }) => ({ key, memberKeys })),
  }
}

function groupKey({ activity, group }: { activity: string; group: string }): string {
  return `${fold(activity)}|${fold(group)}`
}

type Called = Pick<ActivityGroupRecord, 'key' | 'activity' | 'name'>

// A row without a group means the one group its club has.
function meantGroup(row: ClubRow | ClubMemberRow, all: Called[], { report }: Registry): Called | null {
  const exact = all.find(({ key }) => key === groupKey(row))
  if (exact !== undefined || row.group !== '') return exact ?? null
  const [only, another] = all.filter(({ activity }) => fold(activity) === fold(row.activity))
  if (another !== undefined) report(row.at, 'group-not-said', row.activity)
  return another === undefined ? (only ?? null) : null
}

function addMeeting(groups: Map<string, ActivityGroupRecord>, row: ClubRow, registry: Registry): void {
  const meant = meantGroup(row, registry.known.activityGroups, registry)
  const key = meant?.key ?? groupKey(row)
  const teacherKey = findStaff(registry, row.teacher)
  const classKeys = row.classes.map((name) => findClass(registry, name)).filter((found) => found !== null)
  if (teacherKey === null) return
  const known = groups.get(key)
  const roomKey = learnRoom(registry, row.room)
  const slots = row.weekdays.map((weekday) => ({ weekday, ...row.time, roomKey }))
  if (known !== undefined) {
    addSlots({ ...known, classKeys, teacherKey }, known, { row, slots, registry })
    return
  }
  registry.places.set(`club|${key}`, row.teacher.at)
  for (const { weekday, startsAt } of slots) registry.places.set(meeting(key, weekday, startsAt), row.at)
  const name = meant?.name ?? row.group
  groups.set(key, { key, activity: row.activity, name, teacherKey, classKeys, slots, memberKeys: [] })
}

const meeting = (key: string, weekday: number, startsAt: string): string =>
  `meeting|${key}|${weekday}|${startsAt}`

type Meeting = { row: ClubRow; slots: ActivityGroupRecord['slots']; registry: Registry }

// Another row of a group is another time of it, with the same teacher and classes.
function addSlots(
  said: ActivityGroupRecord,
  known: ActivityGroupRecord,
  { row, slots, registry }: Meeting,
): void {
  const { places, report } = registry
  const first = places.get(`club|${known.key}`)
  if (said.teacherKey !== known.teacherKey)
    report(row.teacher.at, 'rows-differ', row.teacher.text, saidAt(first, row.teacher.at))
  if (said.classKeys.length > 0 && said.classKeys.join() !== known.classKeys.join())
    report(row.at, 'rows-differ', row.activity, saidAt(first, row.at))
  for (const slot of slots) {
    const place = meeting(known.key, slot.weekday, slot.startsAt)
    const before = places.get(place)
    if (before !== undefined) report(row.at, 'row-duplicated', row.activity, saidAt(before, row.at))
    else known.slots.push(slot)
    places.set(place, row.at)
  }
}

type Group = Pick<ActivityGroupRecord, 'classKeys' | 'memberKeys'>

function addMember(group: Group | undefined, row: ClubMemberRow, registry: Registry): void {
  const childKey = findChild(registry, row.child, row.classUnit)
  if (group === undefined) {
    registry.report(row.groupAt, 'group-unknown', journalTitle(row.activity, row.group))
    return
  }
  if (childKey === null) return
  const place = `in|${groupKey(row)}|${childKey}`
  const before = registry.places.get(place)
  if (before === undefined) registry.places.set(place, row.child.at)
  if (group.memberKeys.includes(childKey))
    registry.report(row.child.at, 'row-duplicated', row.child.text, saidAt(before, row.child.at))
  else group.memberKeys.push(childKey)
  const classKey = registry.children.byKey.get(childKey)?.classKey
  if (classKey === undefined || group.classKeys.length === 0 || group.classKeys.includes(classKey)) return
  const classes = group.classKeys.map((key) => labelOf(registry, key)).join(', ')
  const said = classLabel(row.classUnit?.text ?? '')?.label ?? classKey
  registry.report(row.classUnit?.at ?? row.at, 'child-class-differs', row.child.text, {
    said,
    listed: classes,
  })
}

function checkSize(
  groups: Map<string, ActivityGroupRecord>,
  members: ClubMemberRow[],
  row: ClubRow,
  { report }: Registry,
): void {
  if (row.size === null || !groups.has(groupKey(row))) return
  const counted = members.filter((member) => groupKey(member) === groupKey(row)).length
  if (counted !== row.size.stated)
    report(row.size.at, 'size-differs', row.size.stated, { counted: String(counted) })
}
