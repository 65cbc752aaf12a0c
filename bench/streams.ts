import { newId } from '#platform/ids.ts'
import type { Figure } from './requests.ts'
import { PASSWORD } from './seed.ts'

const TIMES = 20
const LATEST_MS = 1_000

/** How long the stream of a page goes on after its session has ended: milliseconds from the answer of the sign-out. */
export async function measureStreams(server: string): Promise<Figure[]> {
  const late: number[] = []
  for (let n = 0; n < TIMES; n++) late.push(await endOfOne(server))
  const slowest = Math.max(...late)
  return [{ name: 'stream after its sign-out, slowest of 20', unit: 'ms', value: slowest, atMost: LATEST_MS }]
}

async function endOfOne(server: string): Promise<number> {
  const signedIn = await fetch(`${server}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'bench-teacher', password: PASSWORD }),
  })
  const cookie = /[\w-]*zhuravl=[\w-]+/.exec(signedIn.headers.getSetCookie().join(';'))?.[0] ?? ''
  const stream = await fetch(`${server}/api/events`, { headers: { cookie } })
  const over = stream.text().catch(() => '')
  const ended = await fetch(`${server}/api/session`, {
    method: 'DELETE',
    headers: { cookie, 'idempotency-key': newId() },
  })
  if (!stream.ok || !ended.ok) throw new Error(`stream ${stream.status}, sign-out ${ended.status}`)
  const answered = performance.now()
  await over
  return performance.now() - answered
}
