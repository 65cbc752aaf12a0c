import type { EntryWindows } from '#contract/windows.ts'
import { mayOpenWindows } from '#domain/lessons/window.ts'
import type { Call } from '#platform/call.ts'
import { NotFound } from '#platform/errors.ts'
import { readWindowsRow } from './windows.sql.ts'

/** Windows opened so far, and what the actor may open if the settings let it. */
export async function readWindows(call: Call): Promise<EntryWindows> {
  const row = await readWindowsRow(call)
  if (!row) throw new NotFound()
  const { openerRoles, journals, teachers, ...rest } = row
  const mayOpen = mayOpenWindows(call.actor.roles, openerRoles)
  const choices = mayOpen ? { journals, teachers } : { journals: [], teachers: [] }
  return { today: call.today, mayOpen, ...rest, ...choices }
}
