import { isAbsolute } from 'node:path'
import type { FindCopies, FoundCopies, RestoreSchool, SetupState } from '#contract/restores.ts'
import { faultOf, typedKey } from '#modules/backups/index.ts'
import type { Restores, Source } from '#platform/backup/restores.ts'
import type { PublicCall } from '#platform/call.ts'
import { Refused } from '#platform/errors.ts'
import { sha256 } from '#platform/secrets.ts'
import { checkSetup } from './set-up.ts'
import { checkLink, readInstallation } from './setup.sql.ts'

type Done = Record<string, never>

/** Whether the first link still opens the first run (refused when not), and whether a copy may be brought back by it. */
export async function readSetup(call: PublicCall, token: string): Promise<SetupState> {
  await checkSetup(call, token)
  const restorable = call.restores !== null && (await isEmpty(call))
  return { restorable, last: (await call.restores?.last()) ?? null }
}

/** The copies in a folder; refused at the field that is wrong, and altogether once there is a school here. */
export async function findCopies(call: PublicCall, wanted: FindCopies): Promise<FoundCopies> {
  const restores = await openFor(call, wanted.token)
  const source = await sourceOf(wanted)
  try {
    const journals = await restores.journalsIn(source.folder)
    if (journals.length > 0) return { journals, copies: [], locked: [] }
    return { journals, ...(await restores.copiesIn(source)) }
  } catch (error) {
    throw faultOf(error, { words: wanted.words !== null })
  }
}

/**
 * Brings a lost journal back into this empty installation: it goes away soon after the answer and comes back as that
 * journal, to which its people sign in. When that fails the installation is as empty as it was and its link still good.
 */
export async function restoreSchool(call: PublicCall, wanted: RestoreSchool): Promise<Done> {
  const restores = await openFor(call, wanted.token)
  const source = await sourceOf(wanted)
  const until = wanted.to === null ? null : new Date(wanted.to)
  await restores.begin({ source, until, personId: null, lost: null }).catch(async (error: unknown) => {
    const fault = faultOf(error, { words: wanted.words !== null })
    throw isOfKey(fault) && (await opensSome(restores, source))
      ? new Refused('copy-key-another', { path: 'to' })
      : fault
  })
  return {}
}

const isOfKey = (fault: unknown): boolean =>
  fault instanceof Refused && ['copies-key-another', 'copies-key-needed'].includes(fault.refusal)

/** The key is right then, and only the copy of that moment was made under another. */
const opensSome = (restores: Restores, source: Source): Promise<boolean> =>
  restores.copiesIn(source).then(
    ({ copies }) => copies.length > 0,
    () => false,
  )

/** Only the holder of a living link may name folders of the server, and only while nothing is here that could be read. */
async function openFor(call: PublicCall, token: string): Promise<Restores> {
  const open = await call.inTransaction(
    async (tx) =>
      (await checkLink(tx, sha256(token), call.now)) && (await readInstallation(tx)).organizations === 0,
  )
  if (!open) throw new Refused('setup-link-used')
  if (!call.restores) throw new Refused('backups-elsewhere')
  return call.restores
}

const isEmpty = (call: PublicCall): Promise<boolean> =>
  call.inTransaction(async (tx) => (await readInstallation(tx)).organizations === 0)

async function sourceOf({ folder, words }: FindCopies): Promise<Source> {
  if (!isAbsolute(folder)) throw new Refused('folder-not-absolute', { path: 'folder' })
  return { folder, identities: await typedKey(words) }
}
