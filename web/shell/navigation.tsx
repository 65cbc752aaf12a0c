import type { ReactNode } from 'react'
import { CONTROL, FAMILY, type Role, TEACHING } from '#domain/access/access.ts'
import { PRIVILEGED } from '#domain/access/approval.ts'
import { isDay } from '#domain/calendar/day.ts'
import {
  ControlIcon,
  DiaryIcon,
  HistoryIcon,
  JournalIcon,
  PeopleIcon,
  SettingsIcon,
  TodayIcon,
} from '#ui/icons.tsx'
import { hasRole, type Session } from '#web/session.ts'
import { paths } from '../paths.ts'

// Sections have fixed addresses; what needs an id is reached from inside them.
type StaticPath = Exclude<(typeof paths)[keyof typeof paths], `${string}$${string}`>
export type Destination = {
  to: StaticPath
  label: string
  icon: ReactNode
  roles: readonly Role[]
  /** Addresses that belong to the section although they do not begin with its own. */
  within?: RegExp
}

// In the order in which a role meets them; what does not fit a bar is behind its «Ещё».
const destinations: Destination[] = [
  {
    to: paths.home,
    label: 'Сегодня',
    icon: <TodayIcon />,
    // For those who control or care, the first screen is a section of its own.
    roles: [...TEACHING, ...FAMILY, 'system-admin', 'secretary'],
    within: /^\/(days|own-referred-entries|lost-entries)/,
  },
  { to: paths.ownDiary, label: 'Дневник', icon: <DiaryIcon />, roles: FAMILY, within: /^\/students\// },
  {
    to: paths.control,
    label: 'Контроль',
    icon: <ControlIcon />,
    roles: [...CONTROL, 'homeroom-teacher'],
    within: /^\/(entry-windows|referred-entries)/,
  },
  {
    to: paths.journals,
    label: 'Журналы',
    icon: <JournalIcon />,
    roles: [...TEACHING, ...CONTROL],
    within: /^\/(lessons\/|students\/[^/]+\/then)/,
  },
  {
    to: paths.diaries,
    label: 'Дневники',
    icon: <DiaryIcon />,
    roles: [...CONTROL, 'homeroom-teacher', 'carer'],
    within: /^\/students\//,
  },
  {
    to: paths.people,
    label: 'Люди',
    icon: <PeopleIcon />,
    roles: ['system-admin', 'secretary', 'director', 'deputy'],
    within: /^\/(access|approvals)/,
  },
  {
    to: paths.settings,
    label: 'Настройки',
    icon: <SettingsIcon />,
    roles: ['system-admin', 'director', 'deputy', 'journal-officer'],
    within: /^\/backups/,
  },
  { to: paths.events, label: 'События', icon: <HistoryIcon />, roles: ['director', 'system-admin'] },
]

/** Where this person may go. */
export function destinationsFor(session: Session): Destination[] {
  return destinations.filter(({ roles }) => hasRole(session, ...roles))
}

/** The section that an address belongs to; none for one's own sign-in and for what does not exist. */
export function sectionOf(sections: Destination[], pathname: string): Destination | undefined {
  return sections.find(
    ({ to, within }) =>
      pathname === to || (to !== paths.home && pathname.startsWith(`${to}/`)) || within?.test(pathname),
  )
}

// What belongs to fewer people than its section.
const onlyFor: [RegExp, readonly Role[]][] = [
  [/^\/(people\/new|access)$/, ['system-admin']],
  [/^\/(days\/|own-referred-entries$|lost-entries$)/, TEACHING],
  [/^\/(entry-windows|referred-entries)$/, CONTROL],
  [/^\/approvals$/, PRIVILEGED],
  [/^\/backups$/, ['system-admin', 'director']],
]

const DAY_PAGE = /^\/days\/(.*)$/

/** Whether an address is a page of this person's at all; whose record it shows the server decides. */
export function mayOpen(session: Session, pathname: string): boolean {
  if (pathname === paths.home) return true
  const day = DAY_PAGE.exec(pathname)?.[1]
  if (day !== undefined && !isDay(day)) return false
  const rule = onlyFor.find(([address]) => address.test(pathname))
  if (rule) return hasRole(session, ...rule[1])
  const owners = destinations.filter((one) => sectionOf([one], pathname))
  return owners.length === 0 || owners.some(({ roles }) => hasRole(session, ...roles))
}
