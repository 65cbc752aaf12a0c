import { spawn } from 'node:child_process'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '#platform/root.ts'
import type { Measured } from './measured.ts'
import type { Crowd, Watched } from './population.ts'
import { quantile } from './quantile.ts'
import type { Figure } from './requests.ts'
import type { Schools } from './school.ts'
import { LARGE, SMALL } from './seed.ts'

const ORDINARY = { people: 1_000, think: 10 }
const CROWDED = { people: 10_000, think: 20 }

/**
 * How the server answers a school day, and ten times the people it can serve; the load comes from the same cores. On a
 * small school a tenth of them, for a moment.
 */
export async function measureLoad({ large }: Schools, small: boolean): Promise<Figure[]> {
  const part = small ? { school: SMALL, share: 0.1, warm: 2, watched: 5 } : { school: LARGE, share: 1 }
  const crowdOf = ({ people, think }: typeof ORDINARY, warm: number, watched: number) =>
    crowd(large, { think, warm, watched, ...part, people: people * part.share })
  const ordinary = await crowdOf(ORDINARY, 10, 30)
  const crowded = await crowdOf(CROWDED, 25, 40)
  return [...figures('1 000 people, 10 s', ordinary, 500), ...figures('10 000 people, 20 s', crowded, 2000)]
}

function figures(name: string, { watched, rss, load, seconds }: Seen, bound: number): Figure[] {
  const { read, saved, refused } = watched
  const count = read.length + saved.length
  const all = count + refused.length
  const some: Figure[] = [
    { name: `${name}: served`, unit: 'requests/s', value: count / seconds },
    { name: `${name}: reads, p99`, unit: 'ms', value: quantile(read, 0.99), atMost: bound },
    { name: `${name}: saves, p99`, unit: 'ms', value: quantile(saved, 0.99), atMost: bound },
    { name: `${name}: refused`, unit: '% of answers', value: (100 * refused.length) / all },
  ]
  if (refused.length > 0)
    some.push(
      { name: `${name}: refusals, p99`, unit: 'ms', value: quantile(refused, 0.99), atMost: 100 },
      { name: `${name}: refusals without Retry-After`, unit: 'answers', value: watched.bare, atMost: 0 },
      { name: `${name}: refused four times`, unit: '% of asked', value: (100 * watched.givenUp) / count },
    )
  const others = Object.values(watched.others).reduce((sum, one) => sum + one, 0)
  // The first save of a teacher may meet a mark of the seed.
  const odd = others - (watched.others['409'] ?? 0)
  return [
    ...some,
    { name: `${name}: failed or unanswered`, unit: 'requests', value: odd + watched.lost, atMost: 0 },
    { name: `${name}: memory of the server`, unit: 'MB', value: rss / 2 ** 20, atMost: 1024 },
    { name: `${name}: lateness of the crowd, p99`, unit: 'ms', value: quantile(watched.late, 0.99) },
    { name: `${name}: load average of the machine`, unit: 'processes', value: load },
  ]
}

type Seen = { watched: Watched; rss: number; load: number; seconds: number }

/** A crowd in a process of its own, so that its work does not wait for that of the bench. */
async function crowd({ address, memory }: Measured, people: Omit<Crowd, 'address'>): Promise<Seen> {
  const told: Crowd = { address, ...people }
  const launcher = join(projectRoot, 'scripts', 'run.mjs')
  const child = spawn(process.execPath, [launcher, '--entry', 'bench/people.ts', JSON.stringify(told)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const watched = await new Promise<Watched>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Watched))
    child.once('exit', (code) => reject(new Error(`the crowd ended with ${code}`)))
  })
  return { watched, rss: await memory(), load: loadavg()[0] ?? Number.NaN, seconds: people.watched }
}
