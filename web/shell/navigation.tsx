import type { ReactNode } from 'react'
import { CONTROL, FAMILY, type Role, TEACHING } from '#domain/access/access.ts'
import { ControlIcon, DiaryIcon, JournalIcon, PeopleIcon, SettingsIcon, TodayIcon } from '#ui/icons.tsx'
import { hasRole, type Session } from '#web/session.ts'
import { paths } from '../paths.ts'

// Sections have fixed addresses; what needs an id is reached from inside them.
type StaticPath = Exclude<(typeof paths)[keyof typeof paths], `${string}$${string}`>
type Destination = {
  to: StaticPath
  label: string
  icon: ReactNode
  roles: readonly Role[]
}

// In the order in which a role meets them; the phone's bottom bar shows the first five.
const destinations: Destination[] = [
  {
    to: paths.home,
    label: 'Сегодня',
    icon: <TodayIcon />,
    // For those who control or care, the first screen is a section of its own.
    roles: [...TEACHING, ...FAMILY, 'system-admin', 'secretary'],
  },
  { to: paths.ownDiary, label: 'Дневник', icon: <DiaryIcon />, roles: FAMILY },
  {
    to: paths.control,
    label: 'Контроль',
    icon: <ControlIcon />,
    roles: [...CONTROL, 'homeroom-teacher'],
  },
  {
    to: paths.journals,
    label: 'Журналы',
    icon: <JournalIcon />,
    roles: [...TEACHING, ...CONTROL],
  },
  {
    to: paths.diaries,
    label: 'Дневники',
    icon: <DiaryIcon />,
    roles: [...CONTROL, 'homeroom-teacher', 'carer'],
  },
  {
    to: paths.people,
    label: 'Люди',
    icon: <PeopleIcon />,
    roles: ['system-admin', 'secretary', 'director', 'deputy'],
  },
  {
    to: paths.settings,
    label: 'Настройки',
    icon: <SettingsIcon />,
    roles: ['system-admin', 'director', 'deputy', 'journal-officer'],
  },
]

/** Where this person may go. */
export function destinationsFor(session: Session): Destination[] {
  return destinations.filter(({ roles }) => hasRole(session, ...roles))
}
