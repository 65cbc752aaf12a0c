import { isAbsolute } from 'node:path'
import { expect, test } from 'vitest'
import { isBare, readConfig } from './config.ts'

test('an empty environment serves this computer on 8080 from the data folder of the project', () => {
  const { dataDir, ...others } = readConfig({ PORT: '' })
  expect(isAbsolute(dataDir)).toBe(true)
  expect(others).toEqual({
    backups: true,
    backupKeyFile: null,
    port: 8080,
    host: '127.0.0.1',
    databaseUrl: null,
    databaseAppUrl: null,
    serverKey: null,
    secure: false,
    trustedProxies: [],
    diskWarnPercent: 80,
    workbook: { seconds: 60, megabytes: 1024 },
    logLevel: 'warn',
  })
})

test.each([
  [{ PORT: 'восемь' }, ['PORT']],
  [{ PORT: '70000', LOG_LEVEL: 'loud' }, ['PORT', 'LOG_LEVEL']],
  [{ DATABASE_URL: 'mysql://db/journal' }, ['DATABASE_URL']],
  [{ BEHIND_TLS: 'maybe' }, ['BEHIND_TLS']],
  [{ SERVER_KEY: 'тайна' }, ['SERVER_KEY']],
  [{ TRUSTED_PROXY: 'loopback' }, ['TRUSTED_PROXY']],
  [{ DISK_WARN_PERCENT: '100' }, ['DISK_WARN_PERCENT']],
  [{ DISK_WARN_PERCENT: 'много' }, ['DISK_WARN_PERCENT']],
  [{ WORKBOOK_SECONDS: '0' }, ['WORKBOOK_SECONDS']],
  [{ WORKBOOK_MEMORY_MB: '1.5' }, ['WORKBOOK_MEMORY_MB']],
  [{ TRUSTED_PROXY: '127.0.0.1, 10.0.0.0/40' }, ['TRUSTED_PROXY']],
])('%o is refused by name', (environment, variables) => {
  expect(() => readConfig(environment)).toThrow(expect.objectContaining({ variables }))
})

test('proxies are named as addresses and networks', () => {
  const { trustedProxies } = readConfig({ TRUSTED_PROXY: '127.0.0.1, ::1 10.0.0.0/24' })
  expect(trustedProxies).toEqual(['127.0.0.1', '::1', '10.0.0.0/24'])
})

test.each([
  ['127.0.0.1', false, false],
  ['127.0.0.53', false, false],
  ['::1', false, false],
  ['localhost', false, false],
  ['0.0.0.0', false, true],
  ['::', false, true],
  ['192.168.1.5', false, true],
  ['0.0.0.0', true, false],
])('on %s, behind TLS %s: passwords cross a network in the clear: %s', (host, secure, bare) => {
  expect(isBare({ host, secure })).toBe(bare)
})
