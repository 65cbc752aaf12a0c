import { stat } from 'node:fs/promises'
import type { Connection } from '../embedded/reach.ts'
import { type Base, basesIn, type Kept } from './folder.ts'
import { SEGMENT_BYTES } from './segments.ts'
import { withClient } from './with-client.ts'

const CLUSTER = 'select sum(pg_database_size(oid))::text as bytes from pg_database'

// Three years of 1 000 students took a fifth of their cluster; of the first copy nothing is known yet.
const SEALED_SHARE = 1 / 3

/** About how many bytes a copy made now takes in its folder: as the last one did, for what the cluster has grown to. */
export async function sealedBytes(login: Connection, root: string): Promise<number> {
  const last = (await basesIn(root)).at(-1)?.about
  const cluster = await withClient(login, async (client) => {
    const { rows } = await client.query<{ bytes: string }>(CLUSTER)
    return Number(rows[0]?.bytes ?? 0)
  }).catch(() => last?.unpackedBytes ?? 0)
  if (!last) return cluster * SEALED_SHARE
  return last.bytes * Math.max(1, cluster / Math.max(1, last.unpackedBytes))
}

// Packed pages of a table take about an eighth; of a quiet minute there is next to nothing.
const LOG_GROWTH = 8
const AROUND = 200 * 2 ** 20

/** About how many bytes a copy takes laid out, with these pieces of the log after it and a server started on it. */
export async function laidOutBytes({ about }: Base, segments: readonly Kept[]): Promise<number> {
  const sizes = await Promise.all(
    segments.map(({ file }) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  const log = sizes.reduce((sum, size) => sum + Math.min(SEGMENT_BYTES, size * LOG_GROWTH), 0)
  return about.unpackedBytes + log + AROUND
}
