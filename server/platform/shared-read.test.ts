import { expect, test } from 'vitest'
import { sharedRead } from './shared-read.ts'

const never = new Promise<number>(() => undefined)
const late = () => new Error('late')

test('all who ask while a reading goes on get its answer, and the next one reads anew', async () => {
  let begun = 0
  let answer: (value: number) => void = () => undefined
  const read = sharedRead(
    () => {
      begun += 1
      return new Promise<number>((resolve) => {
        answer = resolve
      })
    },
    60_000,
    late,
  )
  const both = [read(), read()]
  expect(begun).toBe(1)
  answer(7)
  expect(await Promise.all(both)).toEqual([7, 7])
  const again = read()
  expect(begun).toBe(2)
  answer(8)
  expect(await again).toBe(8)
})

test('a reading that hangs is given up, and nobody begins another beside it', async () => {
  let begun = 0
  const read = sharedRead(
    () => {
      begun += 1
      return never
    },
    1,
    late,
  )
  await expect(read()).rejects.toThrow('late')
  await expect(read()).rejects.toThrow('late')
  expect(begun).toBe(1)
})

test('a reading that fails says so to all, and the next one begins again', async () => {
  const answers = [Promise.reject(new Error('broken')), Promise.resolve(5)]
  const read = sharedRead(() => answers.shift() ?? never, 60_000, late)
  await expect(read()).rejects.toThrow('broken')
  expect(await read()).toBe(5)
})
