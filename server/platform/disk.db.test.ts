import { tmpdir } from 'node:os'
import { afterEach, expect, test, vi } from 'vitest'
import { createServer } from '#server/app.ts'
import { freshDatabase } from '#test/database.ts'
import { fill } from '#test/small-school.ts'
import { type DiskWatch, watchDisk } from './disk.ts'

const opened: { close: () => Promise<unknown> | unknown }[] = []
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})

async function askedWith(warnPercent: number) {
  const told: string[] = []
  const watch: DiskWatch = watchDisk(tmpdir(), { warnPercent, tell: (words) => told.push(words) })
  const database = await freshDatabase()
  await fill(database)
  const clock = () => new Date('2026-11-12T09:00:00Z')
  const server = await createServer({ database, clock, checkAnswers: true, diskWarning: watch.warning })
  opened.push({ close: watch.stop }, server)
  const ask = async (who: string) => {
    const { statusCode, body } = await server.inject({
      url: '/api/disk',
      headers: { cookie: `zhuravl=token-of-${who}` },
    })
    return { statusCode, warning: JSON.parse(body).warning }
  }
  return { ask, told }
}

test('from its threshold on a disk is told of on the console once and in the page to who can make room', async () => {
  const { ask, told } = await askedWith(0)
  await vi.waitFor(() => expect(told).toHaveLength(1))
  const { warning } = await ask('director')
  expect(told[0]).toContain(`${warning.percent} %`)
  expect(told[0]).toContain(`${warning.freeMegabytes} МБ`)
  expect(warning.percent).toBeGreaterThanOrEqual(0)
  expect((await ask('admin')).warning).toEqual(warning)
  for (const who of ['teacher', 'deputy', 'motherOfAnna']) expect((await ask(who)).statusCode).toBe(404)
})

test('below it nobody is told', async () => {
  const { ask, told } = await askedWith(101)
  expect(await ask('director')).toEqual({ statusCode: 200, warning: null })
  expect(told).toEqual([])
})
