import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { z } from 'zod'
import { writeWhole } from './folder.ts'
import { withClient } from './with-client.ts'

/** The last number each sequence of the database has given, by the sequence's name. */
const Numbers = z.record(z.string(), z.int().min(0))
export type Numbers = z.infer<typeof Numbers>

const fileIn = (folder: string): string => join(folder, 'numbers.json')

/** Those that number a column: the others hold the key of the seal. */
const LAST = `
select format('%I.%I', n.nspname, c.relname) as name, pg_sequence_last_value(c.oid)::float8 as last
from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_sequence s on s.seqrelid = c.oid
where c.relpersistence = 'p' and exists (select from pg_depend d where d.classid = 'pg_class'::regclass
  and d.objid = c.oid and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0 and d.deptype in ('a', 'i'))`

/** More than a school gives between two notes, and no trouble to read out. */
export const NUMBERS_APART = 1_000

async function lastNumbers(client: pg.ClientBase): Promise<Numbers> {
  const { rows } = await client.query<{ name: string; last: number | null }>(LAST)
  return Object.fromEntries(rows.map(({ name, last }) => [name, last ?? 0]))
}

/** What was noted in a folder; nothing where nothing readable lies. */
async function notedIn(folder: string): Promise<Numbers> {
  try {
    return Numbers.parse(JSON.parse(await readFile(fileIn(folder), 'utf8')))
  } catch {
    return {}
  }
}

function highest(all: readonly Numbers[]): Numbers {
  const found: Numbers = {}
  for (const numbers of all)
    for (const [name, last] of Object.entries(numbers)) found[name] = Math.max(found[name] ?? 0, last)
  return found
}

/**
 * Notes outside the database how far its numbers have come, in each of the folders that is there: what is restored from an
 * earlier moment does not know it. Never lowers what was noted.
 */
export async function noteNumbers(login: pg.ClientConfig, folders: readonly string[]): Promise<void> {
  const now = await withClient(login, lastNumbers)
  for (const folder of folders)
    await writeWhole(fileIn(folder), `${JSON.stringify(highest([now, await notedIn(folder)]), null, 2)}\n`)
}

// Whoever can write to the folder of copies could end all numbering with one that nothing follows.
const FARTHEST = 1e12

/** Moves each number of a restored database beyond what was noted in these folders, and what may have been given since. */
export async function raiseNumbers(login: pg.ClientConfig, folders: readonly string[]): Promise<void> {
  const noted = highest(await Promise.all(folders.map(notedIn)))
  await withClient(login, async (client) => {
    for (const [name, last] of Object.entries(await lastNumbers(client))) {
      const known = noted[name] ?? 0
      const next = Math.max(last, known > FARTHEST ? 0 : known) + NUMBERS_APART
      await client.query('select setval($1::regclass, $2)', [name, next])
    }
  })
}
