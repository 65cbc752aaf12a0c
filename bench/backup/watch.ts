import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { FINGERPRINT, paths, rootIn } from '#platform/backup/folder.ts'
import { outboxOf, remembered, spoolOf } from '#platform/backup/settings.ts'
import { familyOf, megabytesOf, postmasterOf } from '../processes.ts'
import type { Journal, Places } from './journal.ts'

/** What a journal does besides serving: nothing, it makes a copy, or restores one to prove it. */
export type Phase = 'quiet' | 'copy' | 'proof'

/** The most that was held while a phase lasted, in megabytes: by the serving process, by PostgreSQL itself. */
export type Peak = { server: number; postgres: number }

export type Watch = {
  phase: () => Phase
  peaks: Record<Phase, Peak>
  /** Megabytes of the log that wait for the folder now, sealed and not; and those PostgreSQL keeps itself. */
  kept: () => { waiting: number; own: number }
  /** Seconds that each whole copy has taken, in order. */
  copies: () => number[]
  /** Whether the newest copy has been restored and compared, or cannot be. */
  isProved: () => boolean
  until: (condition: () => boolean) => Promise<void>
  stop: () => void
}

const LOOK_MS = 50
const PATIENCE_MS = 30 * 60_000

/** Looks from outside, twenty times a second, what a journal does and how much memory it holds. */
export async function watchJournal({ dataDir, folder }: Places, journal: Journal): Promise<Watch> {
  const { bases } = paths(rootIn(folder, remembered(dataDir).installation))
  const peaks: Watch['peaks'] = { quiet: nothing(), copy: nothing(), proof: nothing() }
  const copies: number[] = []
  let phase: Phase = 'quiet'
  let since = performance.now()
  const timer = setInterval(() => {
    const before = phase
    phase = phaseOf(bases, dataDir)
    if (before === 'copy' && phase !== 'copy') copies.push((performance.now() - since) / 1000)
    if (before !== phase) since = performance.now()
    const peak = peaks[phase]
    peak.server = Math.max(peak.server, megabytesOf(journal.pid, 'VmRSS'))
    // What the processes of PostgreSQL share is a setting of ours, and counted once or in each of them it misleads.
    const own = familyOf(postmasterOf(dataDir)).map((pid) => megabytesOf(pid, 'RssAnon'))
    peak.postgres = Math.max(
      peak.postgres,
      own.reduce((sum, one) => sum + one, 0),
    )
  }, LOOK_MS)
  return {
    phase: () => phase,
    peaks,
    kept: () => ({
      waiting: megabytesIn(outboxOf(dataDir)) + megabytesIn(spoolOf(dataDir)),
      own: megabytesIn(join(dataDir, 'postgres', 'pg_wal')),
    }),
    copies: () => copies,
    isProved: () => {
      const newest = join(bases, namesIn(bases).sort().at(-1) ?? '')
      return existsSync(join(newest, 'proof.json')) || !existsSync(join(newest, FINGERPRINT))
    },
    until: async (condition) => {
      for (const began = performance.now(); !condition(); await sleep(LOOK_MS))
        if (performance.now() - began > PATIENCE_MS) throw new Error(`never: ${condition}`)
    },
    stop: () => clearInterval(timer),
  }
}

const nothing = (): Peak => ({ server: 0, postgres: 0 })

function phaseOf(bases: string, dataDir: string): Phase {
  if (namesIn(bases).some((name) => !existsSync(join(bases, name, 'about.json')))) return 'copy'
  return existsSync(join(dataDir, 'postgres.proof')) ? 'proof' : 'quiet'
}

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

const megabytesIn = (folder: string): number =>
  namesIn(folder).reduce((sum, name) => sum + bytesOf(join(folder, name)), 0) / 2 ** 20

const bytesOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0
