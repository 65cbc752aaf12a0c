import pg from 'pg'

/** Names that systems have for letters of Unicode without the rules of a language; the first that is known is taken. */
export const CTYPES = ['C.UTF-8', 'C.utf8', 'en_US.UTF-8', 'UTF-8'] as const

/** The journal's database has Russian letters, was given them now, or cannot have them on this system. */
export type Letters = 'known' | 'given' | 'impossible'

export const DATABASE = 'zhuravl'
const PROBE = 'zhuravl_letters_probe'

/** Makes the database unless it stands. Sorting and capitals are ICU's; what a letter is, the system's `ctype` says. */
export async function createDatabase(client: pg.Client): Promise<Letters> {
  const ctype = await ctypeOf(client, DATABASE)
  if (ctype !== null) return hasNoLetters(ctype) ? giveLetters(client) : 'known'
  for (const name of CTYPES) if (await isMade(client, DATABASE, name)) return 'known'
  await client.query(makingOf(DATABASE, 'C'))
  return 'impossible'
}

/** Makes a database with this `ctype`; `false` on a system that does not know it. */
async function isMade(client: pg.Client, database: string, ctype: string): Promise<boolean> {
  try {
    await client.query(makingOf(database, ctype))
    return true
  } catch (error) {
    if (isUnknownLocale(error)) return false
    throw error
  }
}

/**
 * A database made with the `ctype` «C» knows no Russian letters to search by. It is named in one row of the catalogue,
 * which is written at once or not at all; `pg_upgrade` does the same. Nothing stored depends on it: texts are compared
 * by ICU, and no index of that time holds words. The name is tried on an empty database first.
 */
async function giveLetters(client: pg.Client): Promise<Letters> {
  for (const name of CTYPES)
    if (await isKnown(client, name)) {
      await client.query(
        `update pg_database set datctype = $1 where datname = $2 and datctype in ('C', 'POSIX')`,
        [name, DATABASE],
      )
      return 'given'
    }
  return 'impossible'
}

async function isKnown(client: pg.Client, ctype: string): Promise<boolean> {
  // One may have been left here by a start that was killed.
  await client.query(`drop database if exists ${PROBE}`)
  if (!(await isMade(client, PROBE, ctype))) return false
  await client.query(`drop database ${PROBE}`)
  return true
}

const makingOf = (database: string, ctype: string): string =>
  `create database ${database} template template0 encoding 'UTF8' locale_provider icu icu_locale 'ru-RU'
   lc_collate 'C' lc_ctype '${ctype}'`

async function ctypeOf(client: pg.Client, database: string): Promise<string | null> {
  const { rows } = await client.query<{ ctype: string }>(
    'select datctype as ctype from pg_database where datname = $1',
    [database],
  )
  return rows[0]?.ctype ?? null
}

const hasNoLetters = (ctype: string): boolean => ctype === 'C' || ctype === 'POSIX'

/** 42809: there is no such locale, or it does not go with UTF-8. */
const isUnknownLocale = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && ['42809', '22023', '58P01'].includes(error.code ?? '')
