import {
  type ClipboardEvent,
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  useMemo,
} from 'react'
import { announce } from '#web/announce.ts'
import { copiedTable } from '#web/copied-table.ts'
import { cellElement, type GridTable } from './cell-element.ts'
import type { GridActions } from './grid-actions.ts'
import type { Position } from './model/grid-model.ts'
import { type Command, commandOf } from './model/keyboard.ts'

/** What the grid asks its page to open for the active cell. */
export type Opens = { comment: () => void; menu: () => void }

type Move = Extract<Command, { kind: 'move' }>
type Table = GridTable

const LONG_PRESS_MS = 550

/** Hands on the grid: keys, mouse, fingers and clipboard, heard once for the whole table. */
export function useGridEvents(actions: GridActions, table: Table, opens: Opens) {
  return useMemo(
    () => ({
      ...keyEvents(actions, table, opens),
      ...pointerEvents(actions, opens),
      ...clipboardEvents(actions),
    }),
    [actions, table, opens],
  )
}

function keyEvents(actions: GridActions, table: Table, opens: Opens) {
  const { view } = actions
  let leaving = false

  function obey(command: Command): boolean {
    switch (command.kind) {
      case 'move':
        return goUpToHead(command) || go(command)
      case 'tab':
        return tab(command.move)
      case 'type':
        actions.type(command.character, performance.now())
        return true
      case 'escape':
        leaving = true
        view.goTo(view.active)
        announce('Tab выведет из таблицы')
        return true
      case 'all':
        view.selectAll()
        return true
      case 'comment':
        opens.comment()
        return true
      case 'menu':
        opens.menu()
        return true
      default:
        actions[command.kind]()
        return true
    }
  }

  function go({ move, extend }: Move): boolean {
    view.move(move, extend)
    return true
  }

  // From the first row up to the lesson's own link.
  function goUpToHead({ move, extend }: Move): boolean {
    if (move !== 'up' || extend || view.active.row > 0) return false
    const link = lessonLinks(table)[lessonIndex(actions)]
    link?.focus()
    return link !== undefined
  }

  // At the ends of a row, and after Escape, Tab leaves the grid as everywhere else on the page.
  function tab(move: 'left' | 'right'): boolean {
    const { column } = view.active
    const atEnd = move === 'right' ? column === view.size().columns - 1 : column === 0
    if (leaving || atEnd) return false
    view.move(move)
    return true
  }

  function onKeyDown(event: KeyboardEvent<HTMLTableElement>) {
    if (event.target instanceof HTMLAnchorElement) return inHead(event, actions, table)
    const command = commandOf(event)
    if (!command) return
    if (command.kind === 'move') actions.hint.set(null)
    if (obey(command)) event.preventDefault()
    if (command.kind !== 'escape') leaving = false
  }
  return { onKeyDown }
}

/** Left and right between lessons, down into the grid; Enter opens the lesson as any link. */
function inHead(event: KeyboardEvent<HTMLTableElement>, { view }: GridActions, table: Table) {
  const links = lessonLinks(table)
  const here = links.indexOf(event.target as HTMLAnchorElement)
  const targets: Record<string, HTMLElement | null | undefined> = {
    ArrowLeft: links[here - 1],
    ArrowRight: links[here + 1],
    ArrowDown: cellElement(table, view.active),
  }
  const target = targets[event.key]
  if (!target) return
  event.preventDefault()
  target.focus()
}

function lessonLinks(table: Table): HTMLAnchorElement[] {
  return [...(table.current?.tHead?.querySelectorAll('a') ?? [])]
}

function lessonIndex({ view }: GridActions): number {
  const lessons = new Set(view.model.columns.slice(0, view.active.column + 1).map(({ lesson }) => lesson.id))
  return lessons.size - 1
}

function pointerEvents(actions: GridActions, opens: Opens) {
  const { view } = actions
  let pressing: ReturnType<typeof setTimeout> | undefined
  const stopPress = () => clearTimeout(pressing)
  return {
    onFocus(event: FocusEvent) {
      const place = placeOf(event.target)
      if (place && !same(place, view.active)) view.goTo(place)
    },
    onMouseDown(event: MouseEvent) {
      const place = placeOf(event.target)
      if (!place || event.button !== 0) return
      actions.hint.set(null)
      view.goTo(place, event.shiftKey)
      if (event.shiftKey) event.preventDefault()
    },
    onMouseOver(event: MouseEvent) {
      const place = event.buttons === 1 ? placeOf(event.target) : null
      if (place && !same(place, view.active)) view.goTo(place, true)
    },
    onContextMenu(event: MouseEvent) {
      const place = placeOf(event.target)
      if (!place) return
      event.preventDefault()
      view.goTo(place)
      opens.menu()
    },
    // Safari on phones has no contextmenu event for a long press.
    onPointerDown(event: PointerEvent) {
      const place = event.pointerType === 'touch' ? placeOf(event.target) : null
      if (!place) return
      pressing = setTimeout(() => {
        view.goTo(place)
        opens.menu()
      }, LONG_PRESS_MS)
    },
    onPointerUp: stopPress,
    onPointerMove: stopPress,
    onPointerCancel: stopPress,
  }
}

function clipboardEvents(actions: GridActions) {
  return {
    onCopy(event: ClipboardEvent) {
      event.preventDefault()
      event.clipboardData.setData('text/plain', actions.copy())
    },
    onCut(event: ClipboardEvent) {
      event.preventDefault()
      event.clipboardData.setData('text/plain', actions.copy())
      actions.clear()
    },
    onPaste(event: ClipboardEvent) {
      event.preventDefault()
      actions.paste(copiedTable(event.clipboardData))
    },
  }
}

function placeOf(target: EventTarget): Position | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('td[data-row]') : null
  return cell ? { row: Number(cell.dataset.row), column: Number(cell.dataset.column) } : null
}

function same(one: Position, other: Position): boolean {
  return one.row === other.row && one.column === other.column
}
