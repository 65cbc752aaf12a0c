import { expect, test } from 'vitest'
import { type Command, commandOf, type Key } from './keyboard.ts'

const key = (name: string, change: Partial<Key> = {}): Key => ({
  key: name,
  code: name,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...change,
})

test.each([
  ['arrows move', key('ArrowLeft'), { kind: 'move', move: 'left', extend: false }],
  [
    'Shift extends the selection',
    key('ArrowDown', { shiftKey: true }),
    { kind: 'move', move: 'down', extend: true },
  ],
  ['Enter goes down', key('Enter'), { kind: 'move', move: 'down', extend: false }],
  ['Shift and Enter go up', key('Enter', { shiftKey: true }), { kind: 'move', move: 'up', extend: false }],
  ['Tab goes right', key('Tab'), { kind: 'tab', move: 'right' }],
  ['Shift and Tab go left', key('Tab', { shiftKey: true }), { kind: 'tab', move: 'left' }],
  [
    'Control and Home go to the first cell',
    key('Home', { ctrlKey: true }),
    { kind: 'move', move: 'first', extend: false },
  ],
  ['a digit is typed', key('5'), { kind: 'type', character: '5' }],
  ['a letter is typed from an English layout', key('y', { code: 'KeyY' }), { kind: 'type', character: 'н' }],
  ['Delete clears', key('Delete'), { kind: 'clear' }],
  ['undo works on the Russian layout', key('я', { code: 'KeyZ', ctrlKey: true }), { kind: 'undo' }],
  ['redo by Control and Y', key('н', { code: 'KeyY', ctrlKey: true }), { kind: 'redo' }],
  [
    'redo by Control, Shift and Z',
    key('Z', { code: 'KeyZ', ctrlKey: true, shiftKey: true }),
    { kind: 'redo' },
  ],
  ['F2 comments', key('F2'), { kind: 'comment' }],
  ['Shift and F10 open the menu', key('F10', { shiftKey: true }), { kind: 'menu' }],
  ['copying is left to the browser', key('с', { code: 'KeyC', ctrlKey: true }), null],
  ['pasting is left to the browser', key('v', { code: 'KeyV', metaKey: true }), null],
  ['what comes with Alt is left to the browser', key('ArrowLeft', { altKey: true }), null],
] as [string, Key, Command | null][])('%s', (_, pressed, command) => {
  expect(commandOf(pressed)).toEqual(command)
})
