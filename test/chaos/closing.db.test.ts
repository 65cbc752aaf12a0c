import { Agent, type IncomingMessage, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { newId } from '#platform/ids.ts'
import { schoolFolder } from './data-folder.ts'
import { startJournal } from './journal-process.ts'
import type { Lesson } from './school.ts'

type Told = { status: number; refusal: string | null; connection: string; retryAfter: string | null }

test('told to stop under load it breaks no connection, tells everybody to come again, and ends', async () => {
  const { dataDir, lessons } = await schoolFolder()
  const journal = await startJournal({ dataDir, command: ['--entry', 'cli/main.ts', 'start'] })
  const address = `http://127.0.0.1:${journal.port}`
  const told: Told[] = []
  const broken: string[] = []
  let gone = false

  // Each has one connection and asks the next thing as soon as the last is answered.
  const reader = async ({ journalId, token }: Lesson) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    onTestFinished(() => agent.destroy())
    while (!gone) {
      const answer = await askOnce(journal.port, agent, `/api/journals/${journalId}`, token)
      if (typeof answer !== 'string') told.push(answer)
      else if (answer === 'ECONNREFUSED') gone = true
      else broken.push(answer)
      // As pages do: whoever is told when to come again comes then.
      if (typeof answer !== 'string' && answer.status === 503) await sleep(1000 * Number(answer.retryAfter))
    }
  }
  const readers = lessons.slice(0, 8).map(reader)
  const stream = await fetch(`${address}/api/events`, { headers: { cookie: `zhuravl=${lessons[0]?.token}` } })
  const heard = stream.text()
  while (told.length < 40) await sleep(20)

  journal.child.kill('SIGTERM')
  expect(await heard).toContain('retry: 5000')
  await Promise.all(readers)
  expect(await journal.exited).toBe(0)
  expect(broken).toEqual([])
  const last = told.filter(({ refusal }) => refusal === 'restarting')
  expect(last.length).toBeGreaterThan(0)
  expect(
    new Set(last.map(({ status, connection, retryAfter }) => `${status} ${connection} ${retryAfter}`)),
  ).toEqual(new Set(['503 close 5']))
  expect(told.filter(({ status, refusal }) => status !== 200 && refusal !== 'restarting')).toEqual([])
}, 180_000)

test('what is in flight when it is told to stop is answered, and its connection closed politely', async () => {
  const { dataDir, lessons } = await schoolFolder()
  const journal = await startJournal({ dataDir, command: ['--entry', 'cli/main.ts', 'start'] })
  const [{ id: lessonId, journalId, token, students }] = lessons as [Lesson]
  const agent = new Agent({ keepAlive: true })
  onTestFinished(() => agent.destroy())
  // A body that comes slowly keeps a save in flight as long as the test likes.
  const cell = { lessonId, workId: lessonId, studentId: students[0], value: '5', version: 0 }
  const body = JSON.stringify({ cells: [cell], lateReason: 'Журнал заполнен вечером' })
  const headers = {
    cookie: `zhuravl=${token}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'idempotency-key': newId(),
  }
  const path = `/api/journals/${journalId}/cells`
  const saving = request({ agent, port: journal.port, host: '127.0.0.1', method: 'PUT', path, headers })
  const answered = new Promise<Told | string>((resolve) => {
    saving.on('response', (response) => resolve(toldBy(response, '')))
    saving.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  })
  saving.write(body.slice(0, 20))
  await sleep(300)
  journal.child.kill('SIGTERM')
  await sleep(300)
  saving.end(body.slice(20))
  expect(await answered).toMatchObject({ status: 200, connection: 'close' })
  expect(await journal.exited).toBe(0)
}, 180_000)

function askOnce(port: number, agent: Agent, path: string, token: string): Promise<Told | string> {
  return new Promise((resolve) => {
    const headers = { cookie: `zhuravl=${token}` }
    const asked = request({ agent, port, host: '127.0.0.1', path, headers })
    asked.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    asked.on('response', (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
      response.on('end', () => resolve(toldBy(response, text)))
    })
    asked.end()
  })
}

function toldBy({ statusCode = 0, headers }: IncomingMessage, text: string): Told {
  const refusal = statusCode === 200 ? null : (JSON.parse(text || '{}').refusal ?? null)
  return {
    status: statusCode,
    refusal,
    connection: headers.connection ?? '',
    retryAfter: headers['retry-after'] ?? null,
  }
}
