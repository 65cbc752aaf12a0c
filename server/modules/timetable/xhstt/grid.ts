import { MAX_PERIODS } from '#domain/timetable/problem.ts'
import type { XhsttInstance } from './instance.ts'

/** Times of an instance laid out as days of lessons. */
export type XhsttGrid = {
  readonly days: readonly string[]
  readonly periods: readonly string[]
  readonly slotOfTime: readonly number[]
  /** Which day, by index, each time is in. */
  readonly dayOfTime: readonly number[]
  /** The time of each slot; a short day has slots without one. */
  readonly timeOfSlot: readonly (number | null)[]
  readonly longestDay: number
}

/**
 * Times that follow each other on one day of the instance make a day of ours: an instance may list the same day once
 * for each bell schedule. `null` when a day is longer than a day of ours can be.
 */
export function gridOf(instance: XhsttInstance): XhsttGrid | null {
  const runs = runsOfTimes(instance)
  const longestDay = Math.max(0, ...runs.map(({ times }) => times.length))
  if (longestDay === 0 || longestDay > MAX_PERIODS) return null
  const slotOfTime: number[] = []
  const dayOfTime: number[] = []
  const timeOfSlot = Array.from({ length: runs.length * longestDay }, (): number | null => null)
  for (const [day, { times }] of runs.entries())
    for (const [period, time] of times.entries()) {
      slotOfTime[time] = day * longestDay + period
      dayOfTime[time] = day
      timeOfSlot[day * longestDay + period] = time
    }
  const periods = Array.from({ length: longestDay }, (_, period) => String(period + 1))
  return { days: runs.map(({ name }) => name), periods, slotOfTime, dayOfTime, timeOfSlot, longestDay }
}

function runsOfTimes(instance: XhsttInstance): { name: string; times: number[] }[] {
  const days = instance.timeGroups.filter(({ kind }) => kind === 'day')
  const dayOf = instance.times.map((_, time) => days.find(({ members }) => members.includes(time)))
  const runs: { name: string; times: number[] }[] = []
  for (const [time, { name }] of instance.times.entries()) {
    const run = runs.at(-1)
    if (run && time > 0 && dayOf[time] === dayOf[time - 1]) run.times.push(time)
    else runs.push({ name: dayOf[time]?.name ?? name, times: [time] })
  }
  return runs
}
