import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createLane } from './admission.ts'

/** A lane on a clock that is moved by hand; `begin` starts a work that lasts until `finish`. */
function lane(width: number, waitMs: number) {
  const clock = { now: 0 }
  const made = createLane({ width, waitMs, now: () => clock.now })
  const running: (() => void)[] = []
  const told: string[] = []
  const begin = async (name = '', isGone?: () => boolean) => {
    const work = () => new Promise<void>((done) => running.push(done)).then(() => name)
    made.run(work, isGone).then(
      (done) => told.push(done),
      (error: Error) => told.push(`${name} ${error.message}`),
    )
    await turn()
  }
  const finish = async (after: number) => {
    clock.now += after
    running.shift()?.()
    await turn()
  }
  /** So many works one after another, so that their length is known. */
  const learn = async (lasting: number) => {
    for (let n = 0; n < 200; n++) {
      await begin()
      await finish(lasting)
    }
    told.length = 0
  }
  return { clock, made, running, told, begin, finish, learn }
}

test.each([
  [10, 100],
  [100, 10],
  [500, 2],
  // Two for each that runs may wait whatever it lasts.
  [5000, 2],
])('works of %i ms let in as many more as are served within a second', async (lasting, waits) => {
  const { begin, told, learn } = lane(1, 1005)
  await learn(lasting)
  for (let n = 0; n < waits + 20; n++) await begin()
  expect(told.filter((words) => words.includes('busy'))).toHaveLength(20 - 1)
})

test('those who wait are served in their order, and whoever has left is passed over', async () => {
  const { begin, finish, told } = lane(2, 1000)
  for (const name of ['one', 'two', 'three']) await begin(name)
  await begin('left', () => true)
  await begin('last')
  for (let n = 0; n < 4; n++) await finish(1)
  expect(told).toContain('left busy')
  expect(told.filter((name) => !name.includes('busy'))).toEqual(['one', 'two', 'three', 'last'])
})

test('while nothing ends nobody is let in to wait, and those who wait are told', async () => {
  const { begin, clock, finish, made, told } = lane(1, 1000)
  await begin('frozen')
  await begin('waiting')
  expect(made.isCrowded()).toBe(false)
  clock.now += 1001
  expect(made.isCrowded()).toBe(true)
  clock.now += 1001
  await finish(0)
  expect(told.toSorted()).toEqual(['frozen', 'waiting busy'])
  await begin('later')
  await finish(1)
  expect(told.at(-1)).toBe('later')
})

test('what fails at once does not make the others look short', async () => {
  const { begin, learn, made, told } = lane(1, 1000)
  await learn(500)
  for (let n = 0; n < 500; n++) await made.run(() => Promise.reject(new Error('401'))).catch(() => undefined)
  for (let n = 0; n < 10; n++) await begin()
  expect(told.filter((words) => words.includes('busy'))).toHaveLength(7)
})
