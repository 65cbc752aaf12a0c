import { newId } from '#platform/ids.ts'
import { hashPassword } from '#platform/passwords.ts'
import type { ids, World } from './world.ts'

/** What everybody of these tests signs in with. */
export const PASSWORD = 'три весёлых журавля'

/** Gives an account of the world a real password; `account` sets further columns. */
export async function givePassword(
  { database }: World,
  who: keyof typeof ids,
  account: Record<string, unknown> = {},
): Promise<void> {
  const set = { password_hash: await hashPassword(PASSWORD), ...account }
  const columns = Object.keys(set).map((column, n) => `${column} = $${n + 2}`)
  await database.owner.query(`update account set ${columns} where login = $1`, [
    who.toLowerCase(),
    ...Object.values(set),
  ])
}

export type SignedIn = {
  status: number
  refusal: string | undefined
  /** For an account with a second factor: what goes back with the code. */
  half: string | undefined
  /** The session. */
  cookie: string
  /** What the browser keeps to be known again. */
  deviceCookie: string
  setCookie: string
  /** Seconds to wait, when told. */
  retryAfter: unknown
}

/** From where, and with what kept from before. */
export type From = { cookie?: string; address?: string }

/** Signs in over HTTP as a browser would; `cookie` is what to send afterwards. */
export async function signInAs(
  { server }: World,
  login: string,
  password: string = PASSWORD,
  { cookie, address = '203.0.113.1' }: From = {},
): Promise<SignedIn> {
  const response = await server.inject({
    method: 'POST',
    url: '/api/session',
    payload: { login, password },
    remoteAddress: address,
    ...(cookie && { headers: { cookie } }),
  })
  const setCookie = String(response.headers['set-cookie'] ?? '')
  const { refusal, half } = response.json() as { refusal?: string; half?: string }
  const device = /[\w-]*zhuravl-device=[\w-]+/.exec(setCookie)?.[0] ?? ''
  const [session = ''] = setCookie.split(';')
  const retryAfter = response.headers['retry-after']
  return {
    status: response.statusCode,
    retryAfter,
    refusal,
    half,
    setCookie,
    cookie: session,
    deviceCookie: device,
  }
}

/** What an answer to this cookie is: status and refusal of reading one's own session. */
export async function sessionOf({ server }: World, cookie: string): Promise<number> {
  return (await server.inject({ url: '/api/session', headers: { cookie } })).statusCode
}

/** A request with a cookie of one's own, as a browser that has signed in makes it; every one is another operation. */
export const sendWith = (
  { server }: Pick<World, 'server'>,
  cookie: string,
  [method, url]: ['GET' | 'POST' | 'PUT' | 'DELETE', string],
  payload?: object,
) =>
  server.inject({
    method,
    url,
    headers: { cookie, 'idempotency-key': newId() },
    ...(payload && { payload }),
  })
