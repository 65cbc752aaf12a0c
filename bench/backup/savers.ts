import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '#platform/ids.ts'
import { type Heard, openLine } from '../line.ts'
import { putCell } from '../put-cell.ts'
import { at, type School, tokenOf } from '../seed.ts'

/** A mark of which the server has said that it is saved: when, and after how long. */
export type SavedMark = {
  operationId: string
  value: string
  /** By the clock of this machine, milliseconds. */
  at: number
  took: number
  /** What was going on from asking to answer; null where that changed. */
  phase: string | null
}

/** What teachers were told: marks that are saved, and how often something else. */
export type Ledger = { saved: SavedMark[]; others: Map<string, number> }

const LESSONS_A_DAY = 7
const THINK_MS = 1_000

/** Teachers who each save a mark, think about a second and save the next, until they are told that it is enough. */
export function saveMarks(
  address: string,
  school: School,
  { teachers, phase, ledger }: { teachers: number; phase: () => string; ledger: Ledger },
): { stop: () => Promise<void> } {
  let isOver = false
  const lanes = Array.from({ length: teachers }, (_, n) =>
    teach(n, { address, school, phase, ledger, isOver: () => isOver }),
  )
  return {
    stop: async () => {
      isOver = true
      await Promise.all(lanes)
    },
  }
}

type Lane = { address: string; school: School; phase: () => string; ledger: Ledger; isOver: () => boolean }

async function teach(n: number, { address, school, phase, ledger, isOver }: Lane): Promise<void> {
  const { hostname, port, host } = new URL(address)
  const line = openLine(hostname, Number(port))
  // Seven journals of a class have a lesson today.
  const journal = Math.floor(n / LESSONS_A_DAY) * school.journalsPerClass + (n % LESSONS_A_DAY) + 1
  const child = Math.floor((journal - 1) / school.journalsPerClass) * school.children + 1
  const lessonId = at.lesson(journal * school.lessons)
  const token = tokenOf('teacher', journal)
  let version = 0
  await sleep(Math.random() * THINK_MS)
  while (!isOver()) {
    const operationId = newId()
    const value = String(2 + (version % 4))
    const cell = { lessonId, workId: lessonId, studentId: at.child(child), value, version }
    const body = { cells: [cell], lateReason: 'Журнал заполнен вечером' }
    const before = phase()
    const asked = performance.now()
    const heard = await line.ask(putCell(host, { token, journal, operationId, body })).catch(() => null)
    const took = performance.now() - asked
    const stands = Number(/"version":(\d+)/.exec(heard?.body ?? '')?.[1] ?? version)
    const during = phase() === before ? before : null
    // The same value as before is no new version.
    if (heard?.status === 200 && stands > version)
      ledger.saved.push({ operationId, value, at: Date.now(), took, phase: during })
    else note(ledger, heard, version === 0)
    version = stands
    await sleep(THINK_MS * (0.5 + Math.random()))
  }
}

function note({ others }: Ledger, heard: Heard | null, isFirst: boolean): void {
  // The first one may meet a mark of the seed.
  if (heard?.status === 200 || (heard?.status === 409 && isFirst)) return
  const what = heard === null ? 'unanswered' : `${heard.status} ${heard.body.slice(0, 80)}`
  others.set(what, (others.get(what) ?? 0) + 1)
}
