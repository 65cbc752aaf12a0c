import type { RecoveryCodes, SecondFactorDraft } from '#contract/second-factor.ts'
import { totpCode } from '#platform/totp.ts'
import { sendWith, signInAs } from './sign-in.ts'
import type { ids, World } from './world.ts'

type Who = keyof typeof ids

/** What a person with a second factor has: the secret in the app, and the recovery codes on paper. */
export type Holder = { secret: string; codes: string[] }

/** Moves the clock on; a code is taken once, so the next one needs the next half minute. */
export function later({ clock }: Pick<World, 'clock'>, seconds: number): void {
  clock.now = new Date(clock.now.getTime() + seconds * 1000)
}

/** The code the app shows now; `off` for a phone whose clock is that many seconds ahead. */
export const codeOf = (
  { clock }: Pick<World, 'clock'>,
  { secret }: Pick<Holder, 'secret'>,
  off = 0,
): string => totpCode(secret, new Date(clock.now.getTime() + off * 1000))

/** Sets a second factor up over HTTP in the session of the world, as a person would; half a minute goes by. */
export async function setUpSecondFactor(school: World, who: Who): Promise<Holder> {
  const { body: draft } = await school.as(who).get<SecondFactorDraft>('/api/session/second-factor/draft')
  const body = { draft: draft.draft, code: codeOf(school, draft) }
  const done = await school.as(who).put<RecoveryCodes>('/api/session/second-factor', body)
  if (done.status !== 200) throw new Error(`not set up: ${JSON.stringify(done.body)}`)
  later(school, 30)
  return { secret: draft.secret, codes: done.body.codes }
}

export type Answered = { status: number; refusal: string | undefined; cookie: string; setCookie: string }

/** The second request of a sign-in. */
export async function giveHalf(
  { server }: World,
  half: string,
  code: string,
  { cookie, address = '203.0.113.1' }: { cookie?: string; address?: string } = {},
): Promise<Answered> {
  const response = await server.inject({
    method: 'POST',
    url: '/api/session/code',
    payload: { half, code },
    remoteAddress: address,
    ...(cookie && { headers: { cookie } }),
  })
  const setCookie = String(response.headers['set-cookie'] ?? '')
  const { refusal } = response.json() as { refusal?: string }
  return { status: response.statusCode, refusal, setCookie, cookie: setCookie.split(';')[0] ?? '' }
}

/** What the right password gives an account with a second factor. */
export async function halfOf(school: World, login: string): Promise<string> {
  const { status, half } = await signInAs(school, login)
  if (status !== 200 || !half) throw new Error(`no half session: ${status}`)
  return half
}

/** What `sendWith` is answered. */
export async function asCookie(
  school: World,
  cookie: string,
  { method = 'GET', url, payload }: { method?: 'GET' | 'POST' | 'PUT'; url: string; payload?: object },
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await sendWith(school, cookie, [method, url], payload)
  return { status: response.statusCode, body: response.json() as Record<string, unknown> }
}
