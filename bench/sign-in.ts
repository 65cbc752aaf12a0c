import { setTimeout as pause } from 'node:timers/promises'
import type { Figure } from './requests.ts'
import type { Schools } from './school.ts'
import { PASSWORD } from './seed.ts'
import { measureStreams } from './streams.ts'

const WARM_MS = 10_000
const HONEST = 20
const EVERY_MS = 500
const LOGIN = 'bench-teacher'
const NAMES = 5_000

type Attempt = { login: string; password: string; from: string; device?: string }
type Answer = { ok: boolean; ms: number; device: string }

async function signIn(server: string, { login, password, from, device = '' }: Attempt): Promise<Answer> {
  const begun = performance.now()
  const response = await fetch(`${server}/api/session`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': from,
      ...(device && { cookie: device }),
    },
    body: JSON.stringify({ login, password }),
  })
  await response.arrayBuffer()
  const kept = /[\w-]*zhuravl-device=[\w-]+/.exec(response.headers.get('set-cookie') ?? '')?.[0]
  return { ok: response.ok, ms: performance.now() - begun, device: kept ?? device }
}

/** Tries passwords so many times a second whatever the answers are, until it is stopped. */
function flood(server: string, from: (n: number) => string, aSecond: number): () => Promise<void> {
  const inFlight = new Set<Promise<unknown>>()
  let n = 0
  const timer = setInterval(() => {
    const attempt = { login: `pupil-${n % NAMES}`, password: 'a wrong password', from: from(n++) }
    const one: Promise<unknown> = signIn(server, attempt)
      .catch(() => undefined)
      .then(() => inFlight.delete(one))
    inFlight.add(one)
  }, 1000 / aSecond)
  return async () => {
    clearInterval(timer)
    await Promise.all(inFlight)
  }
}

const home = (n: number): string => `198.51.100.${n + 1}`
const school = (): string => '203.0.113.9'
const everywhere = (n: number): string => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`
const botnet = (n: number): string => everywhere(n % 100)

type Case = {
  name: string
  attack: (n: number) => string
  aSecond: number
  from: (n: number) => string
  known: boolean
  /** Whether everybody has to get in. */
  holds: boolean
}

/** Twenty people sign in, one each half a second, while the flood goes on. */
async function measure(
  server: string,
  { name, attack, aSecond, from, known, holds }: Case,
): Promise<Figure[]> {
  const people = Array.from({ length: HONEST }, (_, n) => ({
    login: LOGIN,
    password: PASSWORD,
    from: from(n),
  }))
  const devices: string[] = []
  if (known) for (const person of people) devices.push((await signIn(server, person)).device)
  const stop = flood(server, attack, aSecond)
  await pause(WARM_MS)
  const asked: Promise<Answer>[] = []
  for (const [n, person] of people.entries()) {
    asked.push(signIn(server, { ...person, device: devices[n] ?? '' }))
    await pause(EVERY_MS)
  }
  const answers = await Promise.all(asked)
  await stop()
  const times = answers.filter(({ ok }) => ok).map(({ ms }) => ms)
  const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)]
  return [
    {
      name: `${name}: let in`,
      unit: `of ${HONEST}`,
      value: times.length,
      ...(holds && { atLeast: HONEST }),
    },
    ...(median === undefined ? [] : [{ name: `${name}: median`, unit: 's', value: median / 1000 }]),
  ]
}

// Two hundred a second are ten times what the server can look at.
const CASES: Case[] = [
  {
    name: '200/s from one address, new browsers elsewhere',
    ...{ attack: school, aSecond: 200, from: home, known: false, holds: true },
  },
  {
    name: '200/s from the school’s address, known browsers behind it',
    ...{ attack: school, aSecond: 200, from: school, known: true, holds: true },
  },
  {
    name: '5/s from the school’s address, new browsers behind it',
    ...{ attack: school, aSecond: 5, from: school, known: false, holds: true },
  },
  {
    name: '200/s from the school’s address, new browsers behind it',
    ...{ attack: school, aSecond: 200, from: school, known: false, holds: false },
  },
  {
    name: '200/s from 100 addresses, new browsers elsewhere',
    ...{ attack: botnet, aSecond: 200, from: home, known: false, holds: true },
  },
  {
    name: '200/s each from a new address, known browsers',
    ...{ attack: everywhere, aSecond: 200, from: home, known: true, holds: true },
  },
  {
    name: '200/s each from a new address, new browsers',
    ...{ attack: everywhere, aSecond: 200, from: home, known: false, holds: false },
  },
]

/**
 * How soon a stream ends with its session; honest sign-ins under a flood of wrong ones: from one address, from a hundred, and each from an address of its own; by
 * browsers that have signed in before and by new ones.
 */
export async function measureSignIn({ small: { address } }: Schools): Promise<Figure[]> {
  const figures = await measureStreams(address)
  for (const one of CASES) figures.push(...(await measure(address, one)))
  return figures
}
