import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Backup } from '#contract/backups.ts'
import { settleRestored } from '#modules/backups/index.ts'
import { type BackupFault, backupWords, lackingWords } from '#platform/backup/backup.words.ts'
import { endCutShort } from '#platform/backup/cut-short.ts'
import { BackupRefused } from '#platform/backup/fault.ts'
import { type Base, baseIn } from '#platform/backup/folder.ts'
import { prove } from '#platform/backup/proving.ts'
import { neededFor, refuseWithoutRoom, type Step } from '#platform/backup/restore.ts'
import { baseFor, onlyRootIn, refuseFuture, restore } from '#platform/backup/restoring.ts'
import { createRoom, type Need } from '#platform/backup/room.ts'
import {
  folderBeside,
  hasMemory,
  identitiesIn,
  knownKeys,
  placesOf,
  remembered,
} from '#platform/backup/settings.ts'
import { backupsIn } from '#platform/backup/state.ts'
import { systemClock } from '#platform/clock.ts'
import { type Config, readConfig } from '#platform/config.ts'
import { openStorage } from '#platform/storage.ts'
import { keepBackups } from '#server/backups.ts'
import { backupLines, PAPER, planLines, proofLines, spanWords, stepWords, USAGE } from './backup.words.ts'
import { Mistyped } from './mistyped.ts'
import { momentWords, readMoment } from './moment.words.ts'
import { makePaper, provePaper, typedKey } from './paper-key.ts'
import { settleElsewhere } from './settle-elsewhere.ts'
import { pathOf } from './timetable/options.ts'

/**
 * Makes a backup now, chooses the folder for them or makes and proves the key on paper, beside a running journal or
 * without one.
 */
export async function backup(args: string[], threads: URL): Promise<number> {
  const options = optionsOf(args, {
    folder: { type: 'string' },
    'same-disk': { type: 'boolean' },
    paper: { type: 'boolean' },
    'prove-paper': { type: 'boolean' },
  })
  if (!options) return misused(USAGE.backup)
  const { folder } = options
  const config = ownConfig()
  const storage = await openStorage(config, { join: true, archive: true, tell: console.warn })
  const keeper = await keepBackups(
    config,
    storage,
    { clock: systemClock, tell: console.warn, threads },
    false,
  )
  try {
    if (!keeper) throw new BackupRefused('elsewhere')
    const refusal =
      folder === undefined ? null : await keeper.moveTo(pathOf(folder), options['same-disk'] ?? false)
    if (refusal) throw new BackupRefused(refusal, folder)
    if (options['prove-paper']) return await provePaper(keeper)
    if (options.paper && !(await makePaper(keeper))) return 1
    const { name } = await keeper.copyNow()
    const state = await keeper.state()
    const made = state.backups.find((one) => one.name === name)
    console.log([`Копия лежит в папке ${keeper.root()}`, ...(made ? backupLines(made) : [])].join('\n'))
    return 0
  } finally {
    await keeper?.stop()
    await storage.stop()
    await keeper?.shipRest()
  }
}

const WHERE = { from: { type: 'string' }, key: { type: 'string' }, paper: { type: 'boolean' } } as const

/** Tells what can be restored, what would come of it, and with `--yes` does it. */
export async function restoreJournal(args: string[]): Promise<number> {
  try {
    return await restoreAsTyped(args)
  } catch (error) {
    if (!(error instanceof Mistyped)) throw error
    console.log(error.message)
    return 2
  }
}

async function restoreAsTyped(args: string[]): Promise<number> {
  const options = optionsOf(args, {
    ...WHERE,
    to: { type: 'string' },
    yes: { type: 'boolean' },
    settle: { type: 'string' },
  })
  if (!options) return misused(USAGE.restore)
  if (options.settle !== undefined) return settleElsewhere(options.settle)
  const config = ownConfig()
  const until = options.to === undefined ? null : readUntil(options.to)
  const root = await rootOf(config, options.from)
  if (options.to === undefined) return list(await backupsIn(root))
  const now = systemClock()
  const base = await heldBase(root, until, now)
  const chosen = (await backupsIn(root)).find(({ name }) => name === base.name)
  if (!chosen) throw new BackupRefused('no-such-backup', base.name)
  await refuseWithoutRoom({ root, base, until, draft: join(config.dataDir, 'draft') })
  console.log(planLines(chosen, until).join('\n'))
  if (!options.yes) {
    console.log('\nПока ничего не сделано. Чтобы восстановить, повторите команду и добавьте --yes')
    return 0
  }
  await endCutShort(config.dataDir)
  const { until: reached, aside } = await restore({
    dataDir: config.dataDir,
    root,
    identities: await keysOf(config, options),
    until,
    now,
    settle: (connection, reached) => settleRestored(connection, { until: until ?? reached, now }),
    progress: teller(),
  })
  console.log(`Восстановлено: журнал такой, каким был ${momentWords(reached)}. Запустите его: npm start`)
  if (aside) console.log(`Прежняя папка цела и отложена: ${aside}`)
  return 0
}

/** The moment that was typed, null for the last there is. */
function readUntil(text: string): Date | null {
  if (text.trim() === 'last') return null
  const moment = readMoment(text)
  if (moment instanceof Date) return moment
  throw new Mistyped(moment.fault)
}

/** The copy of a moment; one that nothing is held of is a slip of whoever typed it, and is told what there is. */
async function heldBase(root: string, until: Date | null, now: Date): Promise<Base> {
  try {
    refuseFuture(until, now)
    return await baseFor(root, until)
  } catch (error) {
    if (!(error instanceof BackupRefused) || !NOT_HELD.includes(error.fault)) throw error
    const held = await backupsIn(root)
    const [newest, oldest] = [held[0], held.at(-1)]
    const span = newest && oldest ? `\n${spanWords(oldest.from, newest.to)}` : ''
    throw new Mistyped(`${backupWords(error.fault)}${span}`)
  }
}

const NOT_HELD: readonly BackupFault[] = ['future-moment', 'no-such-moment']

/** Lays a copy out beside, checks each file and starts it; what stands is not touched. */
export async function verify(args: string[]): Promise<number> {
  const [name, ...rest] = args
  const options = optionsOf(rest, WHERE)
  if (!options || !name || name.startsWith('-')) return misused(USAGE.verify)
  const config = ownConfig()
  const root = await rootOf(config, options.from)
  const base = await baseIn(root, name)
  const draft = join(config.dataDir, `postgres.proof-${process.pid}`)
  const identities = await keysOf(config, options)
  const order = { root, base, identities, draft, clock: systemClock }
  const proof = await withinRoom(config, await neededFor({ root, base, until: null }), (past) => {
    const tell = teller()
    const progress = (step: Step) => {
      past.throwIfAborted()
      tell(step)
    }
    return prove({ ...order, progress })
  })
  console.log(proofLines(name, proof).join('\n'))
  return proof === null || proof.same ? 0 : 1
}

/** Beside a journal a copy is not tried out in the last of its room; where there is none, nothing else wants it. */
async function withinRoom<T>(
  { dataDir, diskWarnPercent }: Config,
  bytes: number,
  work: (past: AbortSignal) => Promise<T>,
): Promise<T> {
  if (!existsSync(join(dataDir, 'postgres'))) return work(new AbortController().signal)
  const room = createRoom({ dataDir, diskPercent: diskWarnPercent, tell: () => undefined })
  const need: Need = { work: 'proof', folder: dataDir, bytes }
  try {
    await room.require(need)
    return await room.during(need, work)
  } catch (error) {
    if (!room.isTold(error)) throw error
    throw new BackupRefused('no-room', lackingWords((room.lacking('proof') ?? 0) * 2 ** 20))
  }
}

function ownConfig(): Config {
  const config = readConfig(process.env)
  if (config.databaseUrl) throw new BackupRefused('elsewhere')
  return config
}

function optionsOf<T extends NonNullable<Parameters<typeof parseArgs>[0]>['options']>(
  args: string[],
  options: T,
) {
  try {
    return parseArgs({ args, options }).values
  } catch {
    return null
  }
}

function misused(usage: string): number {
  console.log(usage)
  return 2
}

/** The folder that was named, the one that was chosen, or the one beside the data. */
async function rootOf({ dataDir }: Config, from: string | undefined): Promise<string> {
  // A machine that knows nothing of copies is not made to by being asked.
  const memory = hasMemory(dataDir) ? remembered(dataDir) : null
  const own = memory?.folder ?? folderBeside(dataDir)
  if (from === undefined && !existsSync(own)) throw new BackupRefused('nothing-there', own)
  return onlyRootIn(from === undefined ? own : pathOf(from), memory?.installation)
}

type KeyOptions = { key?: string | undefined; paper?: boolean | undefined }

async function keysOf(config: Config, { key: file, paper }: KeyOptions): Promise<string[]> {
  if (paper) {
    console.log(PAPER.ask)
    return [(await typedKey()).identity]
  }
  const keys = file === undefined ? knownKeys(placesOf(config)) : identitiesIn(textOf(pathOf(file)))
  if (keys.length === 0) throw new BackupRefused(file === undefined ? 'no-key' : 'no-key-in-file', file)
  return keys
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new BackupRefused('key-file-absent', file)
  }
}

function list(backups: readonly Backup[]): number {
  if (backups.length === 0) throw new BackupRefused('nothing-there')
  console.log([...backups.flatMap(backupLines), '', USAGE.restore].join('\n'))
  return 0
}

/** One line a step: a terminal that is read later has no use for a counter. */
function teller(): (step: Step) => void {
  let last: Step | null = null
  return (step) => {
    if (step !== last) console.log(`  ${stepWords(step)}…`)
    last = step
  }
}
