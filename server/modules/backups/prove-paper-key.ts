import type { PaperKey, ProvedPaperKey, ProvePaperKey } from '#contract/backups.ts'
import { paperRefusalText } from '#domain/backups/paper-words.words.ts'
import { paperIdentityOf } from '#platform/backup/paper-key.ts'
import type { Call } from '#platform/call.ts'
import { Refused } from '#platform/errors.ts'
import { audit, own } from './keep-backups.ts'

/** A new key on paper, shown to whoever asked and to nobody else; nothing changes until its words are typed back. */
export async function offerPaperKey(call: Call): Promise<PaperKey> {
  const backups = own(call)
  await audit(call, 'backup.paper-key')
  return backups.offerPaperKey(call.actor.personId)
}

/**
 * The words as typed back from the paper: those of the key offered to this person, or of the one that stands. Refused
 * at the field when they are no key, with the word that is wrong, or when they are another's.
 */
export async function provePaperKey(call: Call, { words }: ProvePaperKey): Promise<ProvedPaperKey> {
  const backups = own(call)
  const key = await paperIdentityOf(words)
  if ('refused' in key)
    throw new Refused(key.refused, { faults: [{ path: 'words', message: paperRefusalText(key) }] })
  await audit(call, 'backup.paper-key-proved')
  if (!backups.provePaperKey(call.actor.personId, key.recipient))
    throw new Refused('paper-key-another', { path: 'words' })
  return { mended: key.mended }
}
