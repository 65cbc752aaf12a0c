import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from '#platform/root.ts'
import { ids, insert, world } from '#test/world.ts'
import { DEFAULT_ATTENDANCE_CODES } from './defaults.words.ts'

const MIGRATION = join(projectRoot, 'server/migrations/0018-neutral-attendance-names.sql')

test('a name as it was given becomes neutral with a version; a name of the centre its own stays', async () => {
  const { database } = await world()
  const id = (n: number) => `00000000-0000-4000-8000-00000000088${n}`
  const code = { absent: true, counted: true, version: 1 }
  await insert(database, 'attendance_code', [
    { ...code, id: id(1), code: 'у', name: 'Отсутствовал по уважительной причине', position: 91 },
    { ...code, id: id(2), code: 'нп', name: 'Прогулял', position: 92 },
  ])
  await database.owner.query(readFileSync(MIGRATION, 'utf8'))
  const { rows } = await database.owner.query(
    `select c.code, c.name, c.version, array(select h.after->>'name' from history h
        where h.organization_id = c.organization_id and h.record_id = c.id order by h.version) as versions
      from attendance_code c where c.organization_id = $1 and c.code in ('у', 'нп') order by c.position`,
    [ids.school],
  )
  expect(rows).toEqual([
    {
      code: 'у',
      name: 'Отсутствие, уважительная причина',
      version: 2,
      versions: ['Отсутствовал по уважительной причине', 'Отсутствие, уважительная причина'],
    },
    expect.objectContaining({ code: 'нп', name: 'Прогулял', version: 1 }),
  ])
})

test('what the migration gives is what a new organisation begins with', () => {
  const text = readFileSync(MIGRATION, 'utf8')
  for (const { code, name } of DEFAULT_ATTENDANCE_CODES)
    if (code !== 'п') expect(text).toMatch(new RegExp(`\\('${code}', '[^']+', '${name}'\\)`))
})
