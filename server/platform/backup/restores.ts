import { setTimeout as sleep } from 'node:timers/promises'
import type { FoundCopies, RestoreOutcome } from '#contract/restores.ts'
import type { Connection } from '../embedded/reach.ts'
import { Refused } from '../errors.ts'
import { backupWords } from './backup.words.ts'
import { beginRestoring, keepOutcome, lastOutcome } from './cut-short.ts'
import { BackupRefused } from './fault.ts'
import { installationsIn } from './folder.ts'
import { foresee, lockedIn, minutesFor } from './foreseeing.ts'
import type { Step } from './restore.ts'
import { onlyRootIn, restore } from './restoring.ts'
import { type BackupPlaces, folderBeside, hasMemory, knownKeys, remembered } from './settings.ts'
import { backupsIn } from './state.ts'
import { isSwapping } from './swap.ts'

/** Copies to restore from; without keys those are tried that lie on this server. */
export type Source = { folder: string; identities: readonly string[] }

/**
 * What is asked for: from where, to which moment (null: the last there is), who asks, and what is known to be lost by it,
 * to be noted in the restored journal.
 */
export type RestoreAsked = {
  source: Source
  until: Date | null
  personId: string | null
  lost: object | null
}

/** Restoring the journal that this very process serves. Each refuses (`BackupRefused`) what cannot be done. */
export type Restores = {
  /** The journals whose copies lie in a folder, where there are several: the folder of each, and its newest copy. */
  journalsIn: (folder: string) => Promise<FoundCopies['journals']>
  /** The copies that lie in a folder, by whether these keys open them; refuses keys that open none. */
  copiesIn: (source: Source) => Promise<Omit<FoundCopies, 'journals'>>
  /** The folder copies of this journal go to, with its keys. */
  own: () => Source
  /** About how many minutes nobody could work. */
  minutesTo: (source: Source, until: Date) => Promise<number>
  /** Makes sure of what can be known beforehand, and begins: the journal goes away soon after this has answered. */
  begin: (asked: RestoreAsked) => Promise<void>
  /** Hundredths of a restore that is under way; null when none is. */
  percent: () => number | null
  /** How the last one ended. */
  last: () => Promise<RestoreOutcome | null>
}

/** What the process around is given to do once it has stopped serving the folder. */
export type RestoreWork = (signal: AbortSignal) => Promise<void>

export type RestoresOptions = {
  places: BackupPlaces
  clock: () => Date
  /** Makes the restored database one that goes on from there, before it takes its place. */
  settle: (
    connection: Connection,
    restored: { until: Date | null; now: Date; personId: string | null; lost: object | null },
  ) => Promise<void>
  tell: (words: string) => void
  /** Called once all is ready; the work is done when nothing serves the folder any more. */
  onAsked: (work: RestoreWork) => void
}

type Moment = { now: Date; signal: AbortSignal }

/** One restore at a time of the folder this process serves. */
export function createRestores({ places, clock, settle, tell, onAsked }: RestoresOptions): Restores {
  const { dataDir } = places
  let percent: number | null = null
  // Others may keep theirs in the same folder.
  const rootIn = ({ folder }: Source) =>
    onlyRootIn(folder, hasMemory(dataDir) ? remembered(dataDir).installation : null)
  const keysFor = ({ identities }: Source) => [...identities, ...knownKeys(places)]

  const restoreTo = async ({ source, until, ...who }: RestoreAsked, root: string, moment: Moment) => {
    const { now, signal } = moment
    const restored = await restore({
      ...{ dataDir, root, identities: keysFor(source), until, now },
      settle: (connection, reached) => settle(connection, { until: until ?? reached, now, ...who }),
      progress: (step, done) => {
        signal.throwIfAborted()
        percent = wholeOf(step, done)
      },
    })
    const at = restored.until.toISOString()
    await keepOutcome(dataDir, { at: now.toISOString(), until: at, aside: restored.aside, failure: null })
  }
  const keepFailure = (now: Date, failure: string) =>
    keepOutcome(dataDir, { at: now.toISOString(), until: null, aside: null, failure })
  const work = async (asked: RestoreAsked, root: string, signal: AbortSignal) => {
    const now = clock()
    const begun = await beginRestoring(dataDir, { at: now, until: asked.until })
    try {
      await restoreTo(asked, root, { now, signal })
    } catch (error) {
      tell(messageOf(error))
      // What has been decided on is finished as the folder is opened again, which also tells how it ended.
      if (isSwapping(dataDir)) return begun.pause()
      await keepFailure(now, signal.aborted ? backupWords('cut-short') : wordsOf(error))
    }
    await begun.end()
  }

  return {
    journalsIn: look(async (folder) => {
      const roots = await installationsIn(folder)
      if (roots.length < 2) return []
      return Promise.all(
        roots.map(async (root) => ({ folder: root, newest: (await backupsIn(root))[0] ?? null })),
      )
    }),
    copiesIn: look(async (source) => {
      const root = await rootIn(source)
      const backups = await backupsIn(root)
      const { locked, refusal } = await lockedIn(root, keysFor(source))
      if (backups.every(({ name }) => locked.has(name)))
        throw refusal ?? new BackupRefused('nothing-there', root)
      return {
        copies: backups.filter(({ name }) => !locked.has(name)),
        locked: backups.filter(({ name }) => locked.has(name)).map(({ from }) => from),
      }
    }),
    own: () => ({ folder: remembered(dataDir).folder ?? folderBeside(dataDir), identities: [] }),
    minutesTo: async (source, until) => minutesFor(await rootIn(source), until),
    begin: async (asked) => {
      if (percent !== null) throw new BackupRefused('being-restored')
      percent = 0
      try {
        const { source, until } = asked
        const root = await rootIn(source)
        await foresee({ dataDir, root, identities: keysFor(source), until, now: clock() })
        onAsked((signal) =>
          work(asked, root, signal).finally(() => {
            percent = null
          }),
        )
      } catch (error) {
        percent = null
        throw error
      }
    },
    percent: () => percent,
    last: () => lastOutcome(dataDir),
  }
}

// A share that is away hangs whoever looks into it.
const LOOK_MS = 10_000

/** One look into a folder at a time, and not for long. */
function look<S, T>(into: (source: S) => Promise<T>): (source: S) => Promise<T> {
  let isLooking = false
  return async (source) => {
    if (isLooking) throw new Refused('busy')
    isLooking = true
    const seen = into(source).finally(() => {
      isLooking = false
    })
    // Whoever asked may have been told meanwhile that the folder is silent.
    seen.catch(() => undefined)
    const late = sleep(LOOK_MS, null, { ref: false }).then(() => {
      throw new Refused('backup-folder-silent', { path: 'folder' })
    })
    late.catch(() => undefined)
    return Promise.race([seen, late])
  }
}

const SHARES: Record<Step, [from: number, to: number]> = {
  unpack: [0, 45],
  check: [45, 65],
  log: [65, 80],
  replay: [80, 99],
}

/** Hundredths of the whole, from those of a step. */
function wholeOf(step: Step, percent: number): number {
  const [from, to] = SHARES[step]
  return Math.floor(from + ((to - from) * percent) / 100)
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** In words that hold no more than our own: what PostgreSQL says of its failure is for the terminal. */
function wordsOf(error: unknown): string {
  if (!(error instanceof BackupRefused)) return backupWords('restore-failed')
  return error.fault === 'recovery-failed' ? backupWords('recovery-failed') : error.message
}
