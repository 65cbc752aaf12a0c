import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { expect, onTestFinished, test } from 'vitest'
import { endCutShort, lastOutcome } from './cut-short.ts'

const AT = '2026-11-30T12:05:00.000Z'
const UNTIL = '2026-11-30T12:00:00.000Z'
const DRAFT = 'postgres.restoring-20261130T120500Z'
const ASIDE = 'postgres.set-aside-20261130T120500Z'
// No process has it: numbers end far below.
const GONE = 2 ** 30

/** A data folder as a restore that was begun by a process of this number has left it. */
function leftBy(pid: number, folders: readonly string[], silentMs = 0): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'cut-short-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  for (const folder of folders) mkdirSync(join(dataDir, folder))
  const file = join(dataDir, 'restoring.json')
  writeFileSync(file, JSON.stringify({ pid, at: AT, until: UNTIL }))
  const touched = new Date(Date.now() - silentMs)
  utimesSync(file, touched, touched)
  return dataDir
}

const are = (dataDir: string, ...names: string[]) => names.map((name) => existsSync(join(dataDir, name)))

test('a restore that was killed before it changed places is undone, and the page will say so', async () => {
  const dataDir = leftBy(GONE, ['postgres', DRAFT, `${DRAFT}.log-in`])
  await endCutShort(dataDir)
  expect(are(dataDir, 'postgres', DRAFT, `${DRAFT}.log-in`, 'restoring.json')).toEqual([
    true,
    false,
    false,
    false,
  ])
  expect(await lastOutcome(dataDir)).toEqual({
    at: AT,
    until: null,
    aside: null,
    failure: expect.stringContaining('прервалось'),
  })
})

test('one that was killed as it changed places is finished, and told as done', async () => {
  const dataDir = leftBy(GONE, [DRAFT, ASIDE])
  const moves = [{ draft: DRAFT, place: 'postgres', aside: ASIDE }]
  writeFileSync(join(dataDir, 'restore.json'), JSON.stringify({ moves, leftovers: [] }))
  await endCutShort(dataDir)
  expect(are(dataDir, 'postgres', ASIDE, DRAFT, 'restore.json', 'restoring.json')).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
  expect(await lastOutcome(dataDir)).toEqual({
    at: AT,
    until: UNTIL,
    aside: join(dataDir, ASIDE),
    failure: null,
  })
})

test('one that is under way keeps others away; a stranger who has its number long after does not', async () => {
  const running = leftBy(process.ppid, ['postgres', DRAFT])
  await expect(endCutShort(running)).rejects.toThrow('сейчас восстанавливается из копии')
  expect(are(running, DRAFT, 'restoring.json')).toEqual([true, true])
  const stranger = leftBy(process.ppid, ['postgres', DRAFT], 120_000)
  await endCutShort(stranger)
  expect(are(stranger, DRAFT, 'restoring.json')).toEqual([false, false])
})

test('without a restore nothing is kept of any', async () => {
  const dataDir = leftBy(GONE, ['postgres'])
  rmSync(join(dataDir, 'restoring.json'))
  await endCutShort(dataDir)
  expect([await lastOutcome(dataDir), ...are(dataDir, 'last-restore.json', 'postgres')]).toEqual([
    null,
    false,
    true,
  ])
})
