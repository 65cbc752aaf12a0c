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

export type SignedIn = { status: number; refusal: string | undefined; cookie: string; setCookie: string }

/** Signs in over HTTP as a browser would; `cookie` is what to send afterwards. */
export async function signInAs(
  { server }: World,
  login: string,
  password: string = PASSWORD,
): Promise<SignedIn> {
  const response = await server.inject({ method: 'POST', url: '/api/session', payload: { login, password } })
  const setCookie = String(response.headers['set-cookie'] ?? '')
  const { refusal } = response.json() as { refusal?: string }
  return { status: response.statusCode, refusal, setCookie, cookie: setCookie.split(';')[0] ?? '' }
}

/** What an answer to this cookie is: status and refusal of reading one's own session. */
export async function sessionOf({ server }: World, cookie: string): Promise<number> {
  return (await server.inject({ url: '/api/session', headers: { cookie } })).statusCode
}
