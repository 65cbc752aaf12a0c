import { readFile } from 'node:fs/promises'
import {
  emptyTimetable,
  NOWHERE,
  type PlacedTimetable,
  type TimetableProblem,
} from '#domain/timetable/problem.ts'
import { Unreadable } from './refusals.ts'

/** One card of a timetable file: names, so that a person can read it and another program too. */
type PlacedCard = { id: string; day: string | null; period: string | null; room: string | null }

/** A timetable as JSON: `cards` with names of day, lesson and room. */
export function placedText(problem: TimetableProblem, { start, room }: PlacedTimetable): string {
  const cards = problem.activities.map(({ id }, index): PlacedCard => {
    const slot = start[index] ?? NOWHERE
    const day = slot === NOWHERE ? null : (problem.days[Math.floor(slot / problem.periods.length)] ?? null)
    const period = slot === NOWHERE ? null : (problem.periods[slot % problem.periods.length] ?? null)
    return { id, day, period, room: problem.rooms[room[index] ?? NOWHERE]?.name ?? null }
  })
  return `${JSON.stringify({ version: 1, cards }, null, 1)}\n`
}

/** Reads such a file for the problem; names that the problem does not have are refused. */
export async function readPlaced(problem: TimetableProblem, path: string): Promise<PlacedTimetable> {
  const placed = emptyTimetable(problem)
  const at = (list: readonly string[], what: string, name: string): number => {
    const index = list.indexOf(name)
    if (index < 0) throw new Unreadable(`${path}: в задаче нет такого: ${what} «${name}».`)
    return index
  }
  const cardAt = new Map(problem.activities.map(({ id }, index) => [id, index]))
  const rooms = problem.rooms.map(({ name }) => name)
  for (const card of cardsOf(await textOf(path), path)) {
    const index = cardAt.get(card.id)
    if (index === undefined) throw new Unreadable(`${path}: в задаче нет карточки «${card.id}».`)
    if (card.day === null || card.period === null) continue
    placed.start[index] =
      at(problem.days, 'день', card.day) * problem.periods.length + at(problem.periods, 'урок', card.period)
    if (card.room !== null) placed.room[index] = at(rooms, 'кабинет', card.room)
  }
  return placed
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    throw new Unreadable(`Файла «${path}» нет. Проверьте, как он назван.`)
  }
}

function cardsOf(text: string, path: string): PlacedCard[] {
  const refused = new Unreadable(
    `${path}: это не расписание, записанное командой solve (timetable.json). Укажите такой файл.`,
  )
  try {
    const { version, cards } = JSON.parse(text)
    if (version !== 1 || !Array.isArray(cards) || !cards.every(isCard)) throw refused
    return cards
  } catch {
    throw refused
  }
}

function isCard(card: unknown): card is PlacedCard {
  if (typeof card !== 'object' || card === null) return false
  const { id, day, period, room } = card as Record<string, unknown>
  const nameOrNull = (value: unknown) => value === null || typeof value === 'string'
  return typeof id === 'string' && [day, period, room].every(nameOrNull)
}
