import type { Figure } from '../requests.ts'
import type { Turn } from './turns.ts'

const FET_TAKES_TIME = 1

/** What the turns say together: who completes what, how fast, how well. */
export function figuresOfTurns(turns: readonly Turn[]): Figure[] {
  const files = [...new Set(turns.map(({ file }) => file))]
  const of = (file: string) => turns.filter((turn) => turn.file === file)
  const fetCompletes = files.filter((file) => of(file).some(({ fet }) => fet.complete))
  const ownCompletes = files.filter((file) => of(file).some(({ own }) => own.complete))
  const both = fetCompletes.filter((file) => ownCompletes.includes(file))
  const ratios = both.map((file) => ({
    file,
    slow: median(of(file).map(({ fet }) => (fet.complete ? fet.cpu : Number.POSITIVE_INFINITY))),
    own: median(of(file).map(({ own }) => own.cpu ?? Number.POSITIVE_INFINITY)),
  }))
  const slow = ratios.filter((ratio) => ratio.slow > FET_TAKES_TIME)
  const isAsGood = (file: string) => median(softOf(file, of, 'own')) <= median(softOf(file, of, 'fet')) + 1e-6
  const share = (some: readonly string[]) => (100 * some.filter(isAsGood).length) / Math.max(1, some.length)
  return [
    row('files', files.length),
    row('files fet-cl completes', fetCompletes.length),
    row('files both complete', both.length, { atLeast: fetCompletes.length }),
    row('results FET does not confirm', turns.filter(({ own }) => own.refused).length, { atMost: 0 }),
    row('files only ours completes', ownCompletes.length - both.length, { atLeast: 10 }),
    row('time to fet-cl over 1 s, geometric mean of ratios', geometricMean(slow.map((r) => r.own / r.slow)), {
      atMost: 0.15,
    }),
    row('the same, worst file', Math.max(0, ...slow.map((r) => r.own / r.slow)), { atMost: 2 }),
    row('soft cost as good as fet-cl', share(both), { atLeast: 90, unit: '%' }),
    row('the same where fet-cl needs over 1 s', share(slow.map(({ file }) => file)), { unit: '%' }),
  ]
}

function softOf(file: string, of: (file: string) => Turn[], who: 'own' | 'fet'): number[] {
  return of(file).map((turn) => turn[who].softCost ?? Number.POSITIVE_INFINITY)
}

/** A figure of the timetable's table. */
export function row(
  name: string,
  value: number,
  bounds: { atMost?: number; atLeast?: number; unit?: string } = {},
): Figure {
  return { name: `timetable: ${name}`, unit: '', value, ...bounds }
}

/** The middle value, the lower of two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
}

export function geometricMean(values: readonly number[]): number {
  if (values.length === 0) return 0
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)
}
