import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { writeOnce } from '../secret-file.ts'
import { placesOf, serverKeys } from './settings.ts'

function places() {
  const folder = mkdtempSync(join(tmpdir(), 'zhuravl-keys-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return placesOf({ dataDir: join(folder, 'data') })
}

test('first starts at once come to one key, for its owner alone, beside the data', async () => {
  const { dataDir, keyFile } = places()
  const found = await Promise.all(Array.from({ length: 4 }, () => serverKeys({ dataDir, keyFile })))
  expect(new Set(found.map(({ recipient }) => recipient)).size).toBe(1)
  expect(readdirSync(dirname(keyFile))).toEqual(['backup.key'])
  expect(statSync(keyFile).mode & 0o777).toBe(0o600)
  expect(keyFile.startsWith(`${dataDir}/`)).toBe(false)
})

test('a key that another start has put there meanwhile is not written over', async () => {
  const { dataDir, keyFile } = places()
  const { recipient } = await serverKeys({ dataDir, keyFile })
  writeOnce(keyFile, 'another')
  expect((await serverKeys({ dataDir, keyFile })).recipient).toBe(recipient)
  expect(readdirSync(dirname(keyFile))).toEqual(['backup.key'])
})
