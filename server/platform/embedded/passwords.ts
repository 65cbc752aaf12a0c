import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { APP_ROLE, BACKUP_ROLE, type Login, makeAppLogin, makeBackupLogin, scramVerifier } from '../logins.ts'
import { secretIn } from '../secret-file.ts'
import { MAJOR, program } from './binaries.ts'
import { EmbeddedRefused } from './fault.ts'
import { majorOf } from './folders.ts'
import { asIdentity, type Identity } from './identity.ts'

/** The superuser of the bundled cluster, who owns the tables too; used at start and by commands of the console. */
export const USER = 'zhuravl'

// A rule of pg_hba.conf that lets in whoever comes.
const TRUST = /^(\s*(?:local|host\w*)\s.*?)\btrust\b/gm

/** The file beside the data folder that holds a login's password; only its owner may read it. */
export const passwordFile = (folder: string, user: string = USER): string =>
  user === USER ? `${folder}.password` : `${folder}.${user}.password`

/** A login of the folder's cluster with its password, which is made at first use, once even by two at once. */
export function loginOf(folder: string, user: string = USER): Required<Login> {
  try {
    return { user, password: secretIn(passwordFile(folder, user), 24) }
  } catch (error) {
    throw new EmbeddedRefused('no-access', (error as Error).message)
  }
}

/** Gives all three logins the passwords of this folder, and lets nobody in without one any more. */
export async function secureCluster(folder: string, superuser: pg.Client): Promise<void> {
  await makeAppLogin(superuser, loginOf(folder, APP_ROLE).password)
  await makeBackupLogin(superuser, loginOf(folder, BACKUP_ROLE).password)
  if (!admitsAnybody(folder)) return
  await superuser.query(`alter role ${USER} password '${scramVerifier(loginOf(folder).password)}'`)
  const file = join(folder, 'pg_hba.conf')
  const draft = `${file}.new`
  const { uid, gid } = statSync(file)
  writeFileSync(draft, readFileSync(file, 'utf8').replaceAll(TRUST, '$1scram-sha-256'), { mode: 0o600 })
  if (process.getuid?.() === 0) chownSync(draft, uid, gid)
  renameSync(draft, file)
  await superuser.query('select pg_reload_conf()')
}

/** Whether the folder is still as the first releases made it: whoever comes is let in. */
export const admitsAnybody = (folder: string): boolean =>
  readFileSync(join(folder, 'pg_hba.conf'), 'utf8').search(TRUST) >= 0

/** A folder copied without the passwords beside it gets new ones, while nobody serves it. */
export function renewLostPassword(folder: string, identity: Identity): void {
  if (existsSync(passwordFile(folder)) || admitsAnybody(folder)) return
  const { password } = loginOf(folder)
  const command = [program('postgres', majorOf(folder) ?? MAJOR), '--single', '-D', folder, 'postgres']
  const { file, args } = asIdentity(identity, command)
  const input = `alter role ${USER} password '${scramVerifier(password)}'\n`
  const { status, stderr, error } = spawnSync(file, args, { input, encoding: 'utf8', env: process.env })
  if (status === 0) return
  unlinkSync(passwordFile(folder))
  throw new EmbeddedRefused('start-failed', stderr || (error?.message ?? ''))
}
