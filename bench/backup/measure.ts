import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { basesIn } from '#platform/backup/folder.ts'
import { onlyRootIn } from '#platform/backup/restoring.ts'
import type { School } from '../seed.ts'
import { type Away, takeAway } from './away.ts'
import { fillDataFolder } from './fill.ts'
import { beginCopy, type Journal, type Places, placesIn, startJournal } from './journal.ts'
import { loseData, lostOf, type Recovery, recover } from './lose.ts'
import { type Ledger, saveMarks } from './savers.ts'
import { type Watch, watchJournal } from './watch.ts'

export type Trial = {
  school: School
  teachers: number
  /** Copies made in turn with times without one, of so many seconds each. */
  rounds: number
  quiet: number
  /** Marks are saved for at least so many seconds before everything is lost. */
  before: number
  /** Whether the folder is taken away until the log is given up. */
  away: boolean
}

export type Seen = {
  unpacked: number
  sealed: number
  copies: number[]
  peaks: Watch['peaks']
  ledger: Ledger
  /** When the data was deleted. */
  lostAt: number
  lost: Ledger['saved']
  recovery: Recovery
  away: Away | null
}

const say = (words: string) => console.warn(`${new Date().toISOString().slice(11, 19)} ${words}`)

/** Fills a school, makes copies while marks are saved, deletes its data under them and restores it. */
export async function tryOut(trial: Trial): Promise<Seen> {
  const root = mkdtempSync(join(tmpdir(), 'zhuravl-backup-'))
  const places = placesIn(root)
  try {
    say('a school is being filled')
    await fillDataFolder(places.dataDir, places.folder, trial.school)
    say('it is filled and starts')
    return await live(places, trial)
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 20 })
  }
}

async function live(places: Places, trial: Trial): Promise<Seen> {
  const journal = await startJournal(places)
  const watch = await watchJournal(places, journal)
  const ledger: Ledger = { saved: [], others: new Map() }
  const { school, teachers } = trial
  const load = saveMarks(journal.address, school, { teachers, phase: watch.phase, ledger })
  const began = performance.now()
  try {
    await copyInTurns(watch, journal, trial)
    if (trial.away) say('its folder of copies is taken away')
    const away = trial.away ? await takeAway(places, watch) : null
    await sleep(Math.max(0, trial.before * 1000 - (performance.now() - began)))
    const others = new Map(ledger.others)
    const [base] = (await basesIn(await onlyRootIn(places.folder))).slice(-1)
    watch.stop()
    say('its data are deleted')
    const lostAt = Date.now()
    await loseData(places, journal)
    const saved = ledger.saved.slice()
    await load.stop()
    const recovery = await recover(places)
    try {
      const lost = await lostOf(places, saved)
      return {
        ...{ unpacked: base?.about.unpackedBytes ?? Number.NaN, sealed: base?.about.bytes ?? Number.NaN },
        ...{ copies: watch.copies(), peaks: watch.peaks, ledger: { saved, others } },
        ...{ lostAt, lost, recovery, away },
      }
    } finally {
      recovery.journal.child.kill('SIGTERM')
      await recovery.journal.exited
    }
  } finally {
    watch.stop()
    journal.child.kill('SIGTERM')
    await journal.exited
    await load.stop()
  }
}

/** The first copy comes by itself; before each that is asked for, and after the last, nothing goes on for a while. */
async function copyInTurns(watch: Watch, journal: Journal, { rounds, quiet }: Trial): Promise<void> {
  for (let round = 0; ; round++) {
    await watch.until(() => watch.copies().length > round)
    say(`copy ${round + 1}: ${watch.copies().at(-1)?.toFixed(1)} s`)
    // The proof comes within a minute; without a record of what there was there is none.
    await watch.until(() => watch.isProved() && watch.phase() === 'quiet')
    await sleep(quiet * 1000)
    if (round === rounds) return
    await beginCopy(journal)
  }
}
