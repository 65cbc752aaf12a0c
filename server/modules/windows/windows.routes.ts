import { z } from 'zod'
import { Id } from '#contract/shapes.ts'
import { CloseWindow, EntryWindows, OpenedWindow, OpenWindow } from '#contract/windows.ts'
import { type Access, CONTROL } from '#domain/access/access.ts'
import { type Operation, operation } from '#platform/operation.ts'
import { closeWindow, openWindow } from './open-window.ts'
import { readWindows } from './read-windows.ts'

/** Those who may be trusted with it; which of them are is a setting, and the rest are refused in words. */
const grants = [{ roles: CONTROL, relation: 'organization' }] satisfies Extract<
  Access,
  { grants: unknown }
>['grants']

export const windowOperations: Operation[] = [
  operation({
    id: 'windows.read',
    summary: 'Windows in which past lessons are open for late entry',
    method: 'GET',
    path: '/api/entry-windows',
    access: { resource: 'entry-window', action: 'read', grants },
    answer: EntryWindows,
    handle: (call) => readWindows(call),
  }),
  operation({
    id: 'windows.open',
    summary: 'Open past lessons of a journal or of a teacher for late entry',
    method: 'POST',
    path: '/api/entry-windows',
    access: { resource: 'entry-window', action: 'write', grants },
    body: OpenWindow,
    answer: OpenedWindow,
    handle: (call, { body }) => openWindow(call, body),
  }),
  operation({
    id: 'windows.close',
    summary: 'Close a window before its time',
    method: 'PUT',
    path: '/api/entry-windows/:windowId',
    access: { resource: 'entry-window', action: 'write', grants },
    params: z.strictObject({ windowId: Id }),
    body: CloseWindow,
    answer: OpenedWindow,
    locks: ({ params }) => [`entry-window:${params.windowId}`],
    handle: (call, { params, body }) => closeWindow(call, params.windowId, body),
  }),
]
