import type { Move } from './selection.ts'
import { characterOf } from './typed-entry.ts'

export type Command =
  | { kind: 'move'; move: Move; extend: boolean }
  | { kind: 'tab'; move: 'left' | 'right' }
  | { kind: 'type'; character: string }
  | { kind: 'clear' | 'undo' | 'redo' | 'comment' | 'menu' | 'all' | 'escape' }

export type Key = {
  key: string
  code: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

const moves: Record<string, Move> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'row-start',
  End: 'row-end',
  PageUp: 'page-up',
  PageDown: 'page-down',
}
const farMoves: Record<string, Move> = {
  ArrowUp: 'page-up',
  ArrowDown: 'page-down',
  ArrowLeft: 'row-start',
  ArrowRight: 'row-end',
  Home: 'first',
  End: 'last',
}
const plain: Record<string, Command> = {
  Delete: { kind: 'clear' },
  Backspace: { kind: 'clear' },
  F2: { kind: 'comment' },
  ContextMenu: { kind: 'menu' },
  Escape: { kind: 'escape' },
  Enter: { kind: 'move', move: 'down', extend: false },
  Tab: { kind: 'tab', move: 'right' },
}
const withShift: Record<string, Command> = {
  Enter: { kind: 'move', move: 'up', extend: false },
  Tab: { kind: 'tab', move: 'left' },
  F10: { kind: 'menu' },
}
// By place on the keyboard, so that they work under the Russian layout too.
const withControl: Record<string, Command> = {
  KeyZ: { kind: 'undo' },
  KeyY: { kind: 'redo' },
  KeyA: { kind: 'all' },
}

/** What a key press means in the grid; null leaves it to the browser (copying and pasting among the rest). */
export function commandOf(key: Key): Command | null {
  if (key.altKey) return null
  return key.ctrlKey || key.metaKey ? controlCommand(key) : plainCommand(key)
}

function plainCommand(key: Key): Command | null {
  const special = key.shiftKey ? withShift[key.key] : plain[key.key]
  if (special) return special
  const move = moves[key.key]
  if (move) return { kind: 'move', move, extend: key.shiftKey }
  const character = characterOf(key)
  return character ? { kind: 'type', character } : null
}

function controlCommand(key: Key): Command | null {
  const move = farMoves[key.key]
  if (move) return { kind: 'move', move, extend: key.shiftKey }
  if (key.code === 'KeyZ' && key.shiftKey) return { kind: 'redo' }
  return withControl[key.code] ?? null
}
