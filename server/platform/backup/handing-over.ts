import type pg from 'pg'
import { BackupRefused } from './fault.ts'
import { type Segment, segmentOf } from './segments.ts'

/** Ends the segment that is being written, so that it is handed over; the one that holds its last byte. */
export async function handOver(client: pg.ClientBase): Promise<Segment> {
  const { rows } = await client.query<{ name: string }>('select pg_walfile_name(pg_switch_wal() - 1) as name')
  const segment = segmentOf(rows[0]?.name ?? '')
  if (!segment) throw new BackupRefused('archive-silent')
  return segment
}
