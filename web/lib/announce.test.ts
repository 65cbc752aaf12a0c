import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { announce, mention, remarks } from './announce.ts'

const heard = () => remarks.get().map(({ sentence }) => sentence)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.runAllTimers()
  vi.useRealTimers()
})

test('a save said after a refusal leaves the refusal where it is', () => {
  announce('«7» здесь не ставят')
  mention('5, сохранено')
  expect(heard()).toEqual(['«7» здесь не ставят', '5, сохранено'])
})

test('two refusals at once are both said', () => {
  announce('«7» здесь не ставят')
  announce('Отменять больше нечего.')
  expect(heard()).toEqual(['«7» здесь не ставят', 'Отменять больше нечего.'])
})

test('of saves one after another only the newest stands', () => {
  mention('5, сохранено')
  mention('4, сохранено')
  expect(heard()).toEqual(['4, сохранено'])
})

test('a sentence said again stands once and sounds again', () => {
  announce('Отменять больше нечего.')
  const [first] = remarks.get()
  announce('Отменять больше нечего.')
  expect(heard()).toEqual(['Отменять больше нечего.'])
  expect(remarks.get()[0]?.id).not.toBe(first?.id)
})

test('what was said is gone when there was time to hear it', () => {
  announce('«7» здесь не ставят')
  vi.advanceTimersByTime(5_000)
  expect(heard()).toHaveLength(1)
  vi.advanceTimersByTime(5_000)
  expect(heard()).toEqual([])
})
