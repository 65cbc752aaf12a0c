import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CellWrite, SavedCells } from '#contract/gradebook.ts'
import { newId } from '#platform/ids.ts'
import type { Lesson } from './school.ts'

/** One intention of a teacher that the server has answered with success. */
export type Acknowledged = { operationId: string; cells: CellWrite[] }

/** What the writers have been told, for the audit afterwards. */
export type Ledger = {
  acknowledged: Acknowledged[]
  /** Answers that a correct server never gives: conflicts with oneself, failures, wrong versions. */
  faults: string[]
  /** How often each status came; 0 is a broken or refused connection. */
  statuses: Map<number, number>
}

export type Answer = { status: number; text: string }
export type Sent = { path: string; token: string; operationId: string; body: unknown }

/** A chance that can be repeated: the same numbers for the same seed (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const MARKS = ['2', '3', '4', '5', null]
const CODES = ['н', 'б', 'о', null]
const PATIENCE_MS = 60_000

/** Sends one request of a teacher's browser; a connection that breaks is status 0. */
export function put(port: number, agent: Agent, { path, token, operationId, body }: Sent): Promise<Answer> {
  return new Promise((resolve) => {
    const nothing = () => resolve({ status: 0, text: '' })
    const headers = {
      cookie: `zhuravl=${token}`,
      'content-type': 'application/json',
      'idempotency-key': operationId,
    }
    const asked = request({ agent, port, host: '127.0.0.1', method: 'PUT', path, headers, timeout: 20_000 })
    asked.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
      response.on('error', nothing)
      response.on('aborted', nothing)
    })
    asked.on('timeout', () => asked.destroy())
    asked.on('error', nothing)
    asked.end(JSON.stringify(body))
  })
}

type Cell = { at: Omit<CellWrite, 'value' | 'version'>; value: string | null; version: number }

export type Load = {
  port: number
  writers: number
  enough: () => boolean
  chance: () => number
  /** For how long an unanswered write is sent again. */
  patienceMs?: number
  /** Looks at the world the moment a write is acknowledged. */
  after?: () => Promise<void>
}

export const newLedger = (): Ledger => ({ acknowledged: [], faults: [], statuses: new Map() })

/**
 * Writers who behave as the browser does: one operation id an intention, sent again until it is answered.
 * Each has lessons of his own, so any conflict is a lost or doubled write. Ends when `enough` says so.
 */
export async function write(ledger: Ledger, lessons: Lesson[], load: Load): Promise<void> {
  const { port, writers, enough, chance, after, patienceMs = PATIENCE_MS } = load
  const agent = new Agent({ keepAlive: true, maxSockets: writers })
  const done = () => enough() || ledger.faults.length > 20
  const lane = async (own: Lesson[]) => {
    const cells = new Map(own.map((lesson) => [lesson, cellsOf(lesson)]))
    while (!done()) {
      const lesson = own[Math.floor(chance() * own.length)]
      if (!lesson) return
      await intend(lesson, cells.get(lesson) ?? [])
    }
  }
  const intend = async (lesson: Lesson, cells: Cell[]) => {
    const width = chance() < 0.05 ? 8 : 1
    const first = Math.floor(chance() * (cells.length - width))
    const chosen = cells.slice(first, first + width)
    const sent = chosen.map(({ at, value, version }) => ({ ...at, value: another(at, value), version }))
    const operationId = newId()
    const body = { cells: sent, lateReason: 'Журнал заполнен вечером' }
    const path = `/api/journals/${lesson.journalId}/cells`
    const answer = await untilAnswered(() =>
      put(port, agent, { path, token: lesson.token, operationId, body }),
    )
    if (answer.status !== 200) {
      ledger.faults.push(`${answer.status} ${answer.text.slice(0, 200)}`)
      return
    }
    await after?.()
    ledger.acknowledged.push({ operationId, cells: sent })
    const { cells: saved } = JSON.parse(answer.text) as SavedCells
    for (const [n, cell] of chosen.entries()) {
      cell.value = sent[n]?.value ?? null
      cell.version++
      if (saved[n]?.version !== cell.version || saved[n]?.value !== cell.value)
        ledger.faults.push(`answered ${JSON.stringify(saved[n])} to ${JSON.stringify(sent[n])}`)
    }
  }
  const another = ({ workId }: Cell['at'], value: string | null) => {
    const choice = (workId ? MARKS : CODES).filter((one) => one !== value)
    return choice[Math.floor(chance() * choice.length)] ?? null
  }
  const untilAnswered = async (send: () => Promise<Answer>): Promise<Answer> => {
    const deadline = performance.now() + patienceMs
    for (;;) {
      const answer = await send()
      ledger.statuses.set(answer.status, (ledger.statuses.get(answer.status) ?? 0) + 1)
      if (answer.status === 500) ledger.faults.push(`500 ${answer.text}`)
      const again = [0, 500, 502, 503, 504].includes(answer.status)
      if (!again || performance.now() > deadline) return answer
      await sleep(30 + chance() * 70)
    }
  }
  const lanes = Array.from({ length: writers }, (_, n) => lessons.filter((__, at) => at % writers === n))
  await Promise.all(lanes.map(lane))
  agent.destroy()
}

// A mark that was never there cannot be taken back, so the first value of a mark differs from nothing.
function cellsOf({ id: lessonId, students }: Lesson): Cell[] {
  return students.flatMap((studentId) => [
    { at: { lessonId, studentId, workId: lessonId }, value: null, version: 0 },
    { at: { lessonId, studentId }, value: null, version: 0 },
  ])
}
