import { expect, test } from 'vitest'
import type { BackupOverview } from '#contract/backups.ts'
import { world } from '#test/world.ts'

test('a database of somebody else is not copied by the program: said, refused, and nothing noted', async () => {
  const { as, database } = await world()
  for (const who of ['admin', 'director'] as const) {
    const { status, body } = await as(who).get<BackupOverview>('/api/backups')
    expect([status, body]).toEqual([200, { state: null }])
  }
  const begun = await as('admin').post('/api/backups/copies', {})
  const moved = await as('admin').put('/api/backups/folder', { folder: '/mnt/kopii' })
  for (const { status, body } of [begun, moved])
    expect([status, body.refusal]).toEqual([409, 'backups-elsewhere'])
  expect(begun.body.message).toContain('Копии делает тот, кто ведёт базу')
  const { rows } = await database.owner.query('select action from audit_event')
  expect(rows).toEqual([])
})

test('a folder without a name, or with a field more, is named as the fault', async () => {
  const { as } = await world()
  for (const folder of ['', '   ', '/'.repeat(1001), 7, null]) {
    const { status, body } = await as('admin').put('/api/backups/folder', { folder })
    expect([status, body.refusal]).toEqual([400, 'bad-shape'])
    expect(body.faults).toEqual([{ path: 'folder', message: expect.stringMatching(/[а-я]/) }])
  }
  const more = { folder: '/mnt/kopii', force: true }
  expect((await as('admin').put('/api/backups/folder', more)).status).toBe(400)
})
