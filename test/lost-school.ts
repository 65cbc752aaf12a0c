import { join } from 'node:path'
import { newPaperKey } from '#platform/backup/paper-key.ts'
import { systemClock } from '#platform/clock.ts'
import { type Config, readConfig } from '#platform/config.ts'
import type { Database } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { hashPassword } from '#platform/passwords.ts'
import { sha256 } from '#platform/secrets.ts'
import { openStorage } from '#platform/storage.ts'
import { keepBackups } from '#server/backups.ts'
import { fillSchool, type Lesson } from './chaos/school.ts'
import { PASSWORD } from './sign-in.ts'
import { mortalFolder, scratch } from './temporary-cluster.ts'
import { insert } from './world.ts'

/** The session, as its cookie carries it, and the login of the administrator of such a school. */
export const ADMIN = { token: 'token-of-the-administrator', login: 'kim.ch' }

const tell = () => undefined

/** How `npm start` would be configured on a machine of its own that is this folder. */
export const machineIn = (folder: string): Config =>
  readConfig({
    DATA_DIR: join(folder, 'data'),
    PORT: '0',
    LOG_LEVEL: 'silent',
    DISK_WARN_PERCENT: '99',
    BACKUP_KEY_FILE: join(folder, 'backup.key'),
  })

/** A school of three children whose today is the real day, with an administrator who can sign in. */
export async function fillToday(database: Database): Promise<Lesson> {
  const [lesson] = await fillSchool(database, { journals: 1, lessons: 1, students: 3 })
  if (!lesson) throw new Error('a school without a lesson')
  const [admin, version] = [newId(), 1]
  await insert(database, 'person', [{ id: admin, last_name: 'Ким', first_name: 'Чжи Хун', version }])
  await insert(database, 'role_assignment', [
    { id: newId(), person_id: admin, role: 'system-admin', starts_on: '2020-01-01', version },
  ])
  await insert(database, 'account', [
    {
      id: admin,
      person_id: admin,
      login: ADMIN.login,
      password_hash: await hashPassword(PASSWORD),
      must_change_password: false,
      rules_accepted_at: '2020-01-01T00:00:00Z',
      version,
    },
  ])
  await insert(database, 'session', [
    {
      id: newId(),
      account_id: admin,
      token_hash: `\\x${sha256(ADMIN.token).toString('hex')}`,
      started_at: new Date().toISOString(),
      seen_at: new Date().toISOString(),
      expires_at: new Date(Date.now() + 86_400_000).toISOString(),
      device: 'test',
    },
  ])
  return lesson
}

/**
 * Leaves in a folder the copies of such a school, which is nowhere any more; the words that open all but the oldest, made
 * before there was a key on paper.
 */
export async function lostSchool(folder: string): Promise<string> {
  const config = machineIn(mortalFolder(scratch()))
  const storage = await openStorage(config, { archive: true, tell })
  await fillToday(storage.database)
  const keeper = await keepBackups(config, storage, { clock: systemClock, tell }, false)
  if (!keeper) throw new Error('a bundled database has its backups kept')
  await keeper.moveTo(folder, true)
  await keeper.copyNow()
  const { words, recipient } = await newPaperKey()
  await keeper.acceptPaperKey(recipient)
  await keeper.copyNow()
  await keeper.stop()
  await storage.stop()
  await keeper.shipRest()
  return words.join(' ')
}
