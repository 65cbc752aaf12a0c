import pg from 'pg'
import type { Database } from './db.ts'
import { APP_ROLE, derivedPassword, makeAppLogin } from './logins.ts'
import type { StorageFault } from './storage.words.ts'

/**
 * The address at which the application comes to the database of `DATABASE_URL`: the one that is given, or the same
 * place under the application's login, whose password follows from the owner's; null when the owner's is not told.
 */
export function appUrlOf(ownerUrl: string, given: string | null): string | null {
  if (given !== null) return given
  const url = new URL(ownerUrl)
  const ownerPassword = decodeURIComponent(url.password) || (url.searchParams.get('password') ?? '')
  if (ownerPassword === '') return null
  url.searchParams.delete('user')
  url.searchParams.delete('password')
  url.username = APP_ROLE
  url.password = derivedPassword(ownerPassword, decodeURIComponent(url.pathname.slice(1)))
  return url.href
}

/**
 * Makes sure that the application can log in, making its login where it is not there and the owner may; why not,
 * otherwise. A password that somebody has set is never changed: another journal may live by it.
 */
export async function ensureAppLogin({ owner }: Database, appUrl: string): Promise<StorageFault | null> {
  if (await admits(appUrl)) return null
  const { rows } = await owner.query<{ able: boolean }>(
    'select rolcanlogin as able from pg_roles where rolname = $1',
    [APP_ROLE],
  )
  const { username, password } = new URL(appUrl)
  if (rows[0]?.able || decodeURIComponent(username) !== APP_ROLE) return 'app-login-refused'
  try {
    await makeAppLogin(owner, decodeURIComponent(password))
  } catch (error) {
    if ((error as { code?: string }).code === '42501') return 'app-login-not-made'
    throw error
  }
  return (await admits(appUrl)) ? null : 'app-login-refused'
}

async function admits(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    // The owner has just been let in, so it is not the network.
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}
