import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { beginCarrying, endCarrying } from './begun.ts'
import { CarryRefused } from './fault.ts'

const DRAFT = 'postgres.next-20261130T120500Z'
const ASIDE = 'postgres.set-aside-major-17-20261130T120500Z'
// No process has this number: it is above what a system gives.
const NOBODY = 2 ** 30

function cutShort(pid = NOBODY): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhuravl-carrying-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true }))
  for (const [name, version] of [
    ['postgres', '17'],
    [DRAFT, '18'],
  ] as const) {
    mkdirSync(join(dataDir, name))
    writeFileSync(join(dataDir, name, 'PG_VERSION'), version)
  }
  for (const tail of ['.password', '.log']) writeFileSync(join(dataDir, `${DRAFT}${tail}`), '')
  mkdirSync(join(dataDir, `${DRAFT}.log-in`))
  writeFileSync(join(dataDir, 'carrying.json'), JSON.stringify({ pid }))
  return dataDir
}

const versionIn = (dataDir: string, name: string) => readFileSync(join(dataDir, name, 'PG_VERSION'), 'utf8')

test('a carrying over that was killed before its swap leaves the old folder alone', async () => {
  const dataDir = cutShort()
  await endCarrying(dataDir)
  expect(readdirSync(dataDir)).toEqual(['postgres'])
  expect(versionIn(dataDir, 'postgres')).toBe('17')
})

test('one that was killed amid its swap is finished, and the old folder stands beside', async () => {
  for (const isAside of [false, true]) {
    const dataDir = cutShort()
    const moves = [{ draft: DRAFT, place: 'postgres', aside: ASIDE }]
    writeFileSync(join(dataDir, 'restore.json'), JSON.stringify({ moves, leftovers: [`${DRAFT}.log-in`] }))
    if (isAside) {
      mkdirSync(join(dataDir, ASIDE))
      writeFileSync(join(dataDir, ASIDE, 'PG_VERSION'), '17')
      rmSync(join(dataDir, 'postgres'), { recursive: true })
    }
    await endCarrying(dataDir)
    expect(readdirSync(dataDir).sort()).toEqual(['postgres', ASIDE])
    expect([versionIn(dataDir, 'postgres'), versionIn(dataDir, ASIDE)]).toEqual(['18', '17'])
  }
})

test('a folder that another process carries over is left to it, and once silent is not', async () => {
  const dataDir = cutShort(process.ppid)
  await expect(endCarrying(dataDir)).rejects.toThrow(CarryRefused)
  expect(existsSync(join(dataDir, DRAFT))).toBe(true)
  const begun = await beginCarrying(dataDir)
  await begun.end()
  await endCarrying(dataDir)
  expect(existsSync(join(dataDir, 'carrying.json'))).toBe(false)
})
