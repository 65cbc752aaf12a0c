import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { costOf } from '#domain/timetable/constraints/cost.ts'
import { NOWHERE, type PlacedTimetable, type TimetableProblem } from '#domain/timetable/problem.ts'
import { type SavedSearch, type SearchOptions, whyNotResumed } from '#domain/timetable/solver/search-api.ts'
import {
  everyWeekPart,
  type JudgedPart,
  placesOfPart,
  runSearch,
  type SearchOutcome,
  type SearchPlan,
} from '#modules/timetable/index.ts'
import { load } from './load.ts'
import type { LoadedFile } from './loaded-file.ts'
import { pathOf, type Typed, typed, wholeNumber } from './options.ts'
import { type OutputFile, writeFiles } from './outputs.ts'
import { placedText, readPlaced } from './placed-file.ts'
import { progressBar } from './progress-bar.ts'
import { Misuse, Unreadable } from './refusals.ts'
import {
  brokenText,
  impossibleText,
  notCheckedText,
  unitsByKind,
  unplacedText,
  unsupportedText,
} from './reports.ts'

const DAY_SECONDS = 86_400
const MANY_STEPS = 1_000_000_000

/** Composes a timetable: 0 when it is complete, 1 when cards are left over (what was found is written all the same). */
export async function solve(args: string[]): Promise<number> {
  const wanted = typed(args, {
    seconds: { type: 'string' },
    steps: { type: 'string' },
    seed: { type: 'string' },
    threads: { type: 'string' },
    out: { type: 'string' },
    from: { type: 'string' },
    lock: { type: 'string' },
    'max-moves': { type: 'string' },
    resume: { type: 'string' },
  })
  const budget = budgetOf(wanted)
  const loaded = await load(wanted.file)
  const { problem } = loaded
  const plan = {
    problem,
    options: await optionsOf(wanted, loaded),
    threads: wholeNumber(wanted, 'threads', { least: 1, most: 64, otherwise: availableParallelism() }),
    ...budget,
    ...(await savedOf(wanted, problem)),
  }
  const part = everyWeekPart(problem, loaded.notEveryWeek ?? [])
  const warnings = [
    unsupportedText(loaded.unsupported),
    notCheckedText(loaded.notEveryWeek),
    impossibleText(part.problem, locksOf(part, plan.options)),
  ].filter(Boolean)
  if (warnings.length > 0) console.log(`${warnings.join('\n\n')}\n`)

  const outcome = await searched(plan, budget.seconds ?? null)
  const files = await filesOf(loaded, outcome)
  if (typeof wanted.values.out === 'string') await writeFiles(pathOf(wanted.values.out), files)
  console.log(summaryOf(part, outcome))
  console.log(JSON.stringify(figuresOf(loaded, outcome)))
  return outcome.progress.complete ? 0 : 1
}

function budgetOf(wanted: Typed): { seconds?: number; steps?: number } {
  const seconds = wholeNumber(wanted, 'seconds', { least: 1, most: DAY_SECONDS, otherwise: 0 })
  const steps = wholeNumber(wanted, 'steps', { least: 1, most: MANY_STEPS, otherwise: 0 })
  if (seconds === 0 && steps === 0) return { seconds: 30 }
  return { ...(seconds > 0 ? { seconds } : {}), ...(steps > 0 ? { steps } : {}) }
}

async function optionsOf(wanted: Typed, file: LoadedFile): Promise<SearchOptions> {
  const { problem, given } = file
  const { from: path, lock, 'max-moves': moves } = wanted.values
  const seed = seedOf(wanted)
  // A file's own timetable is taken up only when asked for: composing anew, around its locks, is what `solve` means.
  if (path === undefined && lock === undefined && moves === undefined) return { seed, ...ownLocks(file) }
  const from = typeof path === 'string' ? await readPlaced(problem, pathOf(path)) : given
  const locked = lockedOf(wanted, problem, from)
  if (moves !== undefined && !from)
    throw new Misuse('--max-moves меняет готовое расписание: укажите его в --from.')
  return {
    seed,
    ...(from ? { from } : {}),
    ...(locked.length > 0 ? { locked } : {}),
    ...(moves === undefined
      ? {}
      : { maxMoves: wholeNumber(wanted, 'max-moves', { least: 0, most: 100_000, otherwise: 0 }) }),
  }
}

/** What the file itself has locked, and nothing else of its timetable. */
function ownLocks({ given, locked = [] }: LoadedFile): Pick<SearchOptions, 'from' | 'locked'> {
  if (!given || locked.length === 0) return {}
  const stays = new Set(locked)
  const from = {
    start: given.start.map((slot, card) => (stays.has(card) ? slot : NOWHERE)),
    room: given.room.map((room, card) => (stays.has(card) ? room : NOWHERE)),
  }
  return { from, locked }
}

/** The locks of the cards that are judged, by their indices there. */
function locksOf(
  part: JudgedPart,
  { from, locked = [] }: SearchOptions,
): Pick<SearchOptions, 'from' | 'locked'> {
  const place = new Map(part.cards.map((card, index) => [card, index]))
  return {
    ...(from ? { from: placesOfPart(part, from) } : {}),
    locked: locked.flatMap((card) => place.get(card) ?? []),
  }
}

function seedOf(wanted: Typed): number {
  return wholeNumber(wanted, 'seed', { least: 0, most: 2_147_483_647, otherwise: 1 })
}

/** Cards that stay: named by id, or `all` that have a place. */
function lockedOf(wanted: Typed, problem: TimetableProblem, from: PlacedTimetable | null): number[] {
  const { lock } = wanted.values
  if (typeof lock !== 'string') return []
  if (!from) throw new Misuse('--lock закрепляет карточки готового расписания: укажите его в --from.')
  const placed = problem.activities.flatMap((_, index) => (from.start[index] === NOWHERE ? [] : [index]))
  if (lock === 'all') return placed
  const at = new Map(problem.activities.map(({ id }, index) => [id, index]))
  return lock.split(',').map((id) => {
    const index = at.get(id.trim())
    if (index === undefined) throw new Misuse(`--lock: карточки «${id.trim()}» нет.`)
    if (from.start[index] === NOWHERE)
      throw new Misuse(`--lock: карточка «${id.trim()}» не стоит в расписании, закреплять нечего.`)
    return index
  })
}

const NOT_RESUMED = {
  version: 'поиск прерван в другой версии программы, продолжить его нельзя.',
  problem: 'это поиск по другим данным, или файл задачи с тех пор изменили.',
}
const FROM_FOUND = 'Начните с того, что он нашёл: --from и timetable.json из той же папки.'

async function savedOf({ values }: Typed, problem: TimetableProblem): Promise<{ saved?: SavedSearch[] }> {
  if (typeof values.resume !== 'string') return {}
  const path = pathOf(values.resume)
  const saved = searchesIn(
    await readFile(path, 'utf8').catch(() => {
      throw new Unreadable(`Файла «${path}» нет. Проверьте, как он назван.`)
    }),
  )
  if (!saved)
    throw new Unreadable(
      `${path}: это не прерванный поиск. Укажите файл search.json, записанный командой solve.`,
    )
  for (const one of saved) {
    const why = whyNotResumed(problem, one)
    if (why) throw new Unreadable(`${path}: ${NOT_RESUMED[why]} ${FROM_FOUND}`)
  }
  return { saved }
}

function searchesIn(text: string): SavedSearch[] | null {
  try {
    const saved: unknown = JSON.parse(text)
    return Array.isArray(saved) && saved.length > 0 && saved.every(isSearch) ? saved : null
  } catch {
    return null
  }
}

function isSearch(one: unknown): one is SavedSearch {
  if (typeof one !== 'object' || one === null) return false
  const { version, state } = one as Record<string, unknown>
  return typeof version === 'number' && typeof state === 'string'
}

async function searched(plan: SearchPlan, seconds: number | null): Promise<SearchOutcome> {
  const stop = new AbortController()
  const told = () => stop.abort()
  const bar = progressBar(seconds)
  process.once('SIGINT', told)
  process.once('SIGTERM', told)
  // Said only now: whoever reads how to stop may stop at once.
  console.log(openingOf(plan))
  try {
    return await runSearch(plan, {
      script: new URL(import.meta.url),
      onNews: (news) => bar.show(news),
      signal: stop.signal,
    })
  } finally {
    process.off('SIGINT', told)
    process.off('SIGTERM', told)
    bar.clear()
  }
}

function openingOf({ problem, threads, seconds, steps }: SearchPlan): string {
  const budget = seconds === undefined ? `шагов ${steps?.toLocaleString('ru-RU')}` : `до ${seconds} с`
  return `Составляю: карточек ${problem.activities.length}, потоков ${threads}, ${budget}. Ctrl+C — закончить и сохранить лучшее.`
}

async function filesOf(loaded: LoadedFile, { timetable, saved }: SearchOutcome): Promise<OutputFile[]> {
  const { problem } = loaded
  const part = everyWeekPart(problem, loaded.notEveryWeek ?? [])
  return [
    ...(await loaded.files(timetable)),
    { name: 'timetable.json', content: placedText(problem, timetable) },
    { name: 'broken.txt', content: `${brokenText(part.problem, placesOfPart(part, timetable))}\n` },
    { name: 'search.json', content: JSON.stringify(saved) },
  ]
}

function summaryOf(part: JudgedPart, { timetable, progress, seconds }: SearchOutcome): string {
  const time = seconds.toLocaleString('ru-RU', { maximumFractionDigits: 1 })
  if (progress.complete) return `Расписание составлено за ${time} с: стоят все карточки (${progress.total}).`
  if (progress.placed === progress.total)
    return `За ${time} с поставлены все карточки (${progress.total}), но закреплённые нарушают условия. Что нарушено, сказано в broken.txt.`
  return [
    `За ${time} с поставлено ${progress.placed} из ${progress.total}. Не поместились:`,
    unplacedText(part.problem, placesOfPart(part, timetable)),
  ].join('\n')
}

/** The last line of output, for programs; its names are part of the command's promise. */
function figuresOf({ problem, notEveryWeek = [], unsupported }: LoadedFile, outcome: SearchOutcome) {
  const { progress, timetable, secondsToComplete } = outcome
  const part = everyWeekPart(problem, notEveryWeek)
  const cost = costOf(part.problem, placesOfPart(part, timetable))
  return {
    placed: progress.placed,
    total: progress.total,
    violations: unitsByKind(part.problem, cost),
    hard: cost.hard,
    softCost: Math.round(cost.soft * 1000) / 1000,
    secondsToComplete: secondsToComplete === null ? null : Math.round(secondsToComplete * 1000) / 1000,
    memoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
    unsupported,
  }
}
