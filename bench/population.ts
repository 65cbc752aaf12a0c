import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '#platform/ids.ts'
import { type Heard, openLine } from './line.ts'
import { journalId, putCell } from './put-cell.ts'
import { at, type School, TODAY, tokenOf } from './seed.ts'

/** The people of a load and how long they are watched; seconds. */
export type Crowd = {
  address: string
  school: School
  people: number
  think: number
  warm: number
  watched: number
}

/** Milliseconds of every answer that was watched, by what it was; `lost` are requests without an answer. */
export type Watched = {
  read: number[]
  saved: number[]
  refused: number[]
  /** Refusals that do not say when to come again, answers that are neither, and requests with no answer at all. */
  bare: number
  others: Record<string, number>
  lost: number
  givenUp: number
  /** How late the crowd itself was, looked at ten times a second: what it measures is not truer than that. */
  late: number[]
}

// As the pages do: three more tries, each after what the server asked for and a part of their own.
const TRIES = 4
const LOOK_MS = 100

/**
 * People who look at a page, think, and look at another: of ten two teach, and every second time they save a mark; seven
 * read a diary, one looks at the start page. So one request of ten is a save.
 */
export async function watch(crowd: Crowd): Promise<Watched> {
  const seen: Watched = {
    read: [],
    saved: [],
    refused: [],
    bare: 0,
    others: {},
    lost: 0,
    givenUp: 0,
    late: [],
  }
  const begin = performance.now() + crowd.warm * 1000
  const end = begin + crowd.watched * 1000
  const hours = { isOver: () => performance.now() > end, isWatched: () => performance.now() > begin }
  let looked = performance.now()
  const watch = setInterval(() => {
    const now = performance.now()
    if (hours.isWatched()) seen.late.push(now - looked - LOOK_MS)
    looked = now
  }, LOOK_MS)
  await Promise.all(Array.from({ length: crowd.people }, (_, n) => live(n, crowd, seen, hours)))
  clearInterval(watch)
  return seen
}

type Hours = { isOver: () => boolean; isWatched: () => boolean }

async function live(
  n: number,
  { address, school, think }: Crowd,
  seen: Watched,
  hours: Hours,
): Promise<void> {
  const { hostname, port, host } = new URL(address)
  const line = openLine(hostname, Number(port))
  const person = personOf(n, host, school)
  const ask = async ({ request, isSave }: Asked): Promise<Heard | null> => {
    const asked = performance.now()
    const heard = await line.ask(request).catch(() => null)
    if (hours.isWatched()) note(seen, heard, isSave, performance.now() - asked)
    return heard
  }
  await sleep(Math.random() * think * 1000)
  while (!hours.isOver()) {
    const asked = person.next()
    const heard = await untilServed(() => ask(asked))
    if (heard) asked.settled(heard)
    else if (hours.isWatched()) seen.givenUp++
    await sleep(think * 1000 * (0.5 + Math.random()))
  }
}

async function untilServed(ask: () => Promise<Heard | null>): Promise<Heard | null> {
  for (let tries = 1; ; tries++) {
    const heard = await ask()
    if (heard && heard.status !== 503) return heard
    if (tries === TRIES) return null
    await sleep((heard?.retryAfter ?? 0) * 1000 + 500 * 2 ** (tries - 1) * Math.random())
  }
}

function note(seen: Watched, heard: Heard | null, isSave: boolean, took: number): void {
  if (heard === null) seen.lost++
  else if (heard.status === 503) {
    seen.refused.push(took)
    if (heard.retryAfter === null) seen.bare++
  } else if (heard.status === 200) seen[isSave ? 'saved' : 'read'].push(took)
  else seen.others[heard.status] = (seen.others[heard.status] ?? 0) + 1
}

type Asked = { request: string; isSave: boolean; settled: (heard: Heard) => void }

function personOf(n: number, host: string, school: School): { next: () => Asked } {
  const children = school.classes * school.children
  const nth = Math.floor(n / 10)
  const read = (path: string, token: string): Asked => ({
    request: `GET ${path} HTTP/1.1\r\nhost: ${host}\r\ncookie: zhuravl=${token}\r\naccept: application/json\r\n\r\n`,
    isSave: false,
    settled: () => undefined,
  })
  const diary = (kind: 'student' | 'guardian', child: number) =>
    read(`/api/students/${at.child(child)}/diary?from=${TODAY}`, tokenOf(kind, child))
  const child = (n % children) + 1
  if (n % 10 < 2) return teacher((n % 10) * 1000 + nth, host, school, read)
  if (n % 10 < 4) return { next: () => diary('student', child) }
  if (n % 10 < 9) return { next: () => diary('guardian', child) }
  return { next: () => read('/api/children', tokenOf('guardian', child)) }
}

/** Every other time a mark into a cell of this teacher alone, of a journal that has a lesson today. */
function teacher(
  n: number,
  host: string,
  school: School,
  read: (path: string, token: string) => Asked,
): { next: () => Asked } {
  const journals = school.classes * 7
  const journal = Math.floor((n % journals) / 7) * school.journalsPerClass + (n % 7) + 1
  const studentId = at.child(
    Math.floor((journal - 1) / school.journalsPerClass) * school.children +
      (Math.floor(n / journals) % school.children) +
      1,
  )
  const lessonId = at.lesson(journal * school.lessons)
  const token = tokenOf('teacher', journal)
  let version = 0
  let turn = n % 2
  const save = (): Asked => {
    const cell = { lessonId, workId: lessonId, studentId, value: String(2 + (version % 4)), version }
    return {
      request: putCell(host, { token, journal, operationId: newId(), body: { cells: [cell] } }),
      isSave: true,
      settled: ({ status, body: answer }) => {
        if (status === 200) version++
        // The seed has a mark here already.
        else if (status === 409) version = Number(/"version":(\d+)/.exec(answer)?.[1] ?? version)
      },
    }
  }
  return { next: () => (turn++ % 2 === 0 ? read(`/api/journals/${journalId(journal)}`, token) : save()) }
}
