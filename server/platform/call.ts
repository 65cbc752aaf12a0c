import type { Relation, Role } from '#domain/access/access.ts'
import type { SecondFactor } from '#domain/access/second-factor.ts'
import type { Day } from '#domain/calendar/day.ts'
import type { Backups } from './backup/backups.ts'
import type { Restores } from './backup/restores.ts'
import type { Tx, Write } from './db.ts'
import type { DiskWarning } from './disk.ts'
import type { Vault } from './vault.ts'

/** The person behind a request; empty ids stand for the console of the server. `children` are the only children a family account may see; null for staff. */
export type Actor = {
  organizationId: string
  accountId: string
  personId: string
  sessionId: string
  roles: readonly Role[]
  children: readonly string[] | null
}

/**
 * Who acts, when, in which relations, and inside which transaction: all a use case may know of the world.
 * `today` is the day in the organisation's zone.
 */
export type Call = {
  tx: Tx
  actor: Actor
  reach: ReadonlySet<Relation>
  today: Day
  now: Date
  operationId: string | null
  secondFactor: SecondFactor
  vault: Vault
  /** How full the disk under the data is, when that is worth a word. */
  diskWarning: () => DiskWarning | null
  /** Backups of the bundled PostgreSQL; null where nobody here keeps any. */
  backups: Backups | null
  /** Restoring what this process serves; null where it keeps no backups of it. */
  restores: Restores | null
  /**
   * Runs work in a transaction of its own, which stays whatever becomes of this one and in which nobody acts: functions
   * alone. It takes a second connection, so it is called behind `holdingConnection` only.
   */
  apart: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
  /** Leaves a last write to travel with the commit: one packet less. Nothing may depend on its answer. */
  atCommit: (write: Write) => void
}

/** A request before anybody signed in, or one that ends a session. */
export type PublicCall = {
  now: Date
  /** Hashing takes long, so a public use case opens its transactions itself and holds none meanwhile. */
  inTransaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
  /** Sets the session cookie, or clears it with null. */
  keepSession: (token: string | null) => void
  sessionToken: string | null
  /** Sets the long-lived cookie by which a browser that has signed in before is known again. */
  keepKnownDevice: (token: string) => void
  knownDevice: string | null
  /** Where the request comes from: the network address, for IPv6 its network of 64 bits. */
  address: string
  device: string
  vault: Vault
  restores: Restores | null
}
