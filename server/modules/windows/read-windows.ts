import type { EntryWindows } from '#contract/windows.ts'
import { mayOpenWindows } from '#domain/lessons/window.ts'
import { journalTitle } from '#domain/text/journal-title.ts'
import type { Call } from '#platform/call.ts'
import { NotFound } from '#platform/errors.ts'
import { type JournalRow, readWindowsRow } from './windows.sql.ts'

/** Windows opened so far, and what the actor may open if the settings let it. */
export async function readWindows(call: Call): Promise<EntryWindows> {
  const row = await readWindowsRow(call)
  if (!row) throw new NotFound()
  const { openerRoles, windows, teachers, journals: _, ...rest } = row
  const journals = row.journals.map(named)
  const mayOpen = mayOpenWindows(call.actor.roles, openerRoles)
  const choices = mayOpen ? { journals, teachers } : { journals: [], teachers: [] }
  const shown = windows.map(({ journal, ...window }) => ({ ...window, journal: journal && named(journal) }))
  return { today: call.today, mayOpen, ...rest, windows: shown, ...choices }
}

const named = ({ id, subject, group, teacher }: JournalRow) => ({
  id,
  name: `${journalTitle(subject, group)} — ${teacher}`,
})
