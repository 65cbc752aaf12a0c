import { useContext } from 'react'
import { nameWithInitials } from '#domain/people/short-names.ts'
import { SessionContext } from './session.ts'

/** How one of the staff is named in a narrow place: with initials, whole where somebody else reads the same. */
export function useStaffName(): (name: string) => string {
  const shared = useContext(SessionContext)?.sharedInitials ?? []
  return (name) => nameWithInitials(name, shared)
}

/** «Иванова А. П.» */
export const StaffName = ({ of }: { of: string }) => useStaffName()(of)
