import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { ids, type World, world } from '#test/world.ts'

async function heard(school: World, who: string): Promise<() => string> {
  const address = await school.server.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => school.server.close())
  const abort = new AbortController()
  onTestFinished(() => abort.abort())
  const response = await fetch(`${address}/api/events`, {
    headers: { cookie: `zhuravl=token-of-${who}` },
    signal: abort.signal,
  })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  let text = ''
  const read = async () => {
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true })
  }
  read().catch(() => undefined)
  await sleep(200)
  return () => text
}

async function until(done: () => boolean): Promise<void> {
  for (let n = 0; n < 100 && !done(); n++) await sleep(20)
}

const path = `/api/journals/${ids.physics7}/cells`
const cell = (value: string, version = 0) => ({
  lessonId: ids.today,
  workId: ids.today,
  studentId: ids.anna,
  value,
  version,
})

test('a mark reaches the open journal of whoever may read it', async () => {
  const school = await world()
  const text = await heard(school, 'deputy')
  await school.as('teacher').put(path, { cells: [cell('5')] })
  await until(() => text().includes('event: cells'))
  expect(text()).toContain(`"journalId":"${ids.physics7}"`)
  expect(text()).toContain('"value":"5"')
})

test.each(['stranger', 'otherSchoolTeacher'])('%s hears nothing of a journal of others', async (who) => {
  const school = await world()
  const text = await heard(school, who)
  await school.as('teacher').put(path, { cells: [cell('5')] })
  await sleep(400)
  expect(text()).not.toContain('event: cells')
})

test.each([
  ['anna', 404],
  ['admin', 404],
  [null, 401],
] as const)('for %s there is no stream', async (who, status) => {
  const school = await world()
  expect((await school.as(who).get('/api/events')).status).toBe(status)
})
