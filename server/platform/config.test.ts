import { isAbsolute } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

test('an empty environment serves this computer on 8080 from the data folder of the project', () => {
  const { dataDir, ...others } = readConfig({ PORT: '' })
  expect(isAbsolute(dataDir)).toBe(true)
  expect(others).toEqual({
    port: 8080,
    host: '127.0.0.1',
    databaseUrl: null,
    databaseAppUrl: null,
    secure: false,
    logLevel: 'warn',
  })
})

test.each([
  [{ PORT: 'восемь' }, ['PORT']],
  [{ PORT: '70000', LOG_LEVEL: 'loud' }, ['PORT', 'LOG_LEVEL']],
  [{ DATABASE_URL: 'mysql://db/journal' }, ['DATABASE_URL']],
  [{ BEHIND_TLS: 'maybe' }, ['BEHIND_TLS']],
])('%o is refused by name', (environment, variables) => {
  expect(() => readConfig(environment)).toThrow(expect.objectContaining({ variables }))
})
