import type { CloseWindow, OpenedWindow, OpenWindow } from '#contract/windows.ts'
import type { Day } from '#domain/calendar/day.ts'
import { mayOpenWindows, windowRefusal } from '#domain/lessons/window.ts'
import type { Call } from '#platform/call.ts'
import { NotFound, Refused } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { closeWindowRow, insertWindow, readPlace, readWindow } from './windows.sql.ts'

/** Opens past lessons of a journal or a teacher for late entry, by those whom the settings name (4.4, 4.5). */
export async function openWindow(call: Call, asked: OpenWindow): Promise<OpenedWindow> {
  const place = await readPlace(call, asked)
  if (!place?.known) throw new NotFound()
  const { roles } = call.actor
  const days = { from: asked.from as Day, to: asked.to as Day, openUntil: asked.openUntil as Day }
  const refusal = windowRefusal({ roles, openerRoles: place.openerRoles, ...days }, call.today)
  if (refusal) throw new Refused(refusal)
  const id = newId(call.now.getTime())
  await insertWindow(call, id, asked)
  return { id, version: 1 }
}

/** Closes a window before its time; closed already is as good. */
export async function closeWindow(call: Call, id: string, { version }: CloseWindow): Promise<OpenedWindow> {
  const window = await readWindow(call, id)
  if (!window) throw new NotFound()
  if (!mayOpenWindows(call.actor.roles, window.openerRoles)) throw new Refused('may-not-open-window')
  if (window.closed) return { id, version: window.version }
  if (window.version !== version || !(await closeWindowRow(call, id, version)))
    throw new Refused('version-conflict')
  return { id, version: version + 1 }
}
