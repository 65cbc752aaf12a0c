import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from '#platform/config.ts'
import { serverKey } from '#platform/server-key.ts'
import { createVault } from '#platform/vault.ts'
import { serve } from '#server/main.ts'
import { setUpSecondFactor } from '#test/second-factor.ts'
import { ids, type World, world } from '#test/world.ts'
import { ownerOf } from './proof.ts'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'zhuravl-key-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

/** What is told at a start on this database with the key of this folder. */
async function toldAtStart({ database, clock }: World, dataDir: string): Promise<string[]> {
  const told: string[] = []
  const { address, stop } = await serve(readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' }), {
    clock: () => clock.now,
    storage: { database: { ...database, closeOwner: async () => undefined }, stop: async () => undefined },
    tell: (words) => told.push(words),
    durableOnly: false,
  })
  expect(address).toMatch(/^http:/)
  await stop()
  return told.filter((words) => /ключ/i.test(words))
}

/** Seals what somebody's account keeps anew, under the key of this folder. */
async function sealUnder({ database }: World, dataDir: string, accountId: string): Promise<void> {
  const vault = createVault(() => serverKey({ dataDir }))
  const { rows } = await database.owner.query('select organization_id as "of" from account where id = $1', [
    accountId,
  ])
  const sealed = vault.seal('ZHURAVLZHURAVLZHURAVLZHURAVLZHUR', ownerOf(rows[0]?.of, accountId))
  await database.owner.query(
    `with reason as (select set_config('app.reason', 'another key', false))
     update second_factor set sealed_secret = $2 from reason where account_id = $1`,
    [accountId, sealed],
  )
}

const accountOf = async ({ database }: World, who: keyof typeof ids): Promise<string> =>
  (await database.owner.query('select id from account where person_id = $1', [ids[who]])).rows[0]?.id

test('a start says that the key is another, and only then', async () => {
  const school = await world()
  const [mine, another] = [folder(), folder()]
  expect(await toldAtStart(school, mine)).toEqual([])
  await setUpSecondFactor(school, 'teacher')
  await setUpSecondFactor(school, 'carer')
  // The server of the world seals under a key that nobody has kept.
  expect(await toldAtStart(school, another)).toEqual([
    expect.stringMatching(/^Ключ сервера.*верните прежний ключ.*\n.*server\.key$/is),
  ])
  await sealUnder(school, mine, await accountOf(school, 'teacher'))
  expect(await toldAtStart(school, mine)).toEqual([])
  expect(await toldAtStart(school, another)).toHaveLength(1)
})
