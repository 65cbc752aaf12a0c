import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { auditActionWords } from '#domain/access/audit-action.words.ts'
import { projectRoot } from '#platform/root.ts'

const modules = join(projectRoot, 'server', 'modules')
const sources = readdirSync(modules, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.ts$/.test(name) && !/\.test\.ts$|(routes|rights)\.ts$/.test(name))
  .map((name) => readFileSync(join(modules, name), 'utf8'))

// Each way in which a use case says what was done.
const SAID = [
  /\baction: '([a-z.-]+)'/g,
  /\b(?:audit|note|recordAudit)\(call, (?:confirmed \? )?'([a-z.-]+)'/g,
  /\bsave\(call, \w+, '([a-z.-]+)'/g,
  /const action = \w+ \? '([a-z.-]+)'/g,
  /\bnoted\('([a-z.-]+)'/g,
  / : '([a-z-]+\.[a-z-]+)'/g,
  /\binsert into audit_event\b[^`]*?'([a-z-]+\.[a-z-]+)'/g,
]

test('whatever a use case notes is said in words in the list of events', () => {
  const noted = SAID.flatMap((pattern) =>
    sources.flatMap((text) => [...text.matchAll(pattern)].map(([, action = '']) => action)),
  )
  expect(noted.length).toBeGreaterThan(25)
  expect([...new Set(noted)].filter((action) => !(action in auditActionWords))).toEqual([])
})
