import type { AskRestore, Losses, LossesQuery, RestoreOverview, RestoreState } from '#contract/restores.ts'
import { isRestoreWord } from '#domain/backups/restore-word.words.ts'
import type { Restores } from '#platform/backup/restores.ts'
import type { Call, PublicCall } from '#platform/call.ts'
import { Refused } from '#platform/errors.ts'
import { faultOf } from './fault-of.ts'
import { audit } from './keep-backups.ts'
import { readCarriedLoss, readGivenBack, readKnownLoss, readLosses } from './losses.sql.ts'
import { readLastRestore } from './restores.sql.ts'
import { typedKey } from './typed-key.ts'

type Done = Record<string, never>

/**
 * Whether this program can restore the journal by itself and how that ended; of the newest restore, by whatever way it
 * was made, what was lost by it and what authors have given back.
 */
export async function readRestore(call: Call): Promise<RestoreOverview> {
  const { restores } = call
  const restored = await readLastRestore(call.tx)
  return {
    possible: restores !== null,
    last: (await restores?.last()) ?? null,
    restored: restored?.id
      ? { at: restored.at.toISOString(), until: restored.until?.toISOString() ?? null }
      : null,
    lost: await readKnownLoss(call),
    givenBack: await readGivenBack(call),
  }
}

/** How far a restore is that is being begun; none while the journal is served. */
export function readRestoreState({ restores }: PublicCall): RestoreState {
  const percent = restores?.percent() ?? null
  return { running: percent === null ? null : { percent } }
}

function own({ restores }: Call): Restores {
  if (!restores) throw new Refused('backups-elsewhere')
  return restores
}

/** What would be lost by going back to a moment; refused at `to` when nothing is held of it. */
export async function readRestoreLosses(call: Call, { to }: LossesQuery): Promise<Losses> {
  const restores = own(call)
  const moment = new Date(to)
  const minutes = await restores.minutesTo(restores.own(), moment).catch((error: unknown) => {
    throw faultOf(error, { words: false })
  })
  return { ...(await readLosses(call, moment)), minutes }
}

/**
 * Takes the journal back to a moment: it goes away soon after the answer and comes back by itself, or as it was when
 * that fails. Refused without the word, and wherever it can be known beforehand that it would fail.
 */
export async function restoreJournal(call: Call, { to, word, words }: AskRestore): Promise<Done> {
  const restores = own(call)
  if (!isRestoreWord(word)) throw new Refused('restore-word', { path: 'word' })
  const identities = await typedKey(words)
  await audit(call, 'backup.restore-asked', { until: to })
  const until = to === null ? null : new Date(to)
  const asked = {
    source: { ...restores.own(), identities },
    until,
    personId: call.actor.personId,
    lost: until && (await readCarriedLoss(call, until)),
  }
  await restores.begin(asked).catch((error: unknown) => {
    throw faultOf(error, { words: words !== null })
  })
  return {}
}
