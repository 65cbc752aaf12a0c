import { expect, test } from 'vitest'
import { createServer } from '#server/app.ts'
import { world } from '#test/world.ts'

/** Which address a failure of sign-in is counted for, with these proxies named. */
async function countedFor(
  { peer, forwarded }: { peer: string; forwarded?: string },
  trustedProxies: string[],
): Promise<string> {
  const school = await world()
  const server = await createServer({
    database: school.database,
    clock: () => school.clock.now,
    trustedProxies,
  })
  await server.inject({
    method: 'POST',
    url: '/api/session',
    payload: { login: 'nobody-here', password: 'не тот' },
    remoteAddress: peer,
    ...(forwarded && { headers: { 'x-forwarded-for': forwarded } }),
  })
  const { rows } = await school.database.owner.query(
    `select login_key from sign_in_failure where kind = 'address'`,
  )
  return rows.map((row) => row.login_key).join()
}

const FORGED = '198.51.100.66'
test.each([
  ['nobody named: the word of a client is nothing', '203.0.113.9', FORGED, [], '203.0.113.9'],
  ['nobody named: not even on this machine', '127.0.0.1', FORGED, [], '127.0.0.1'],
  ['the proxy names the client', '127.0.0.1', '203.0.113.9', ['127.0.0.1'], '203.0.113.9'],
  [
    'what the client wrote before the proxy did',
    '127.0.0.1',
    `${FORGED}, 203.0.113.9`,
    ['127.0.0.1'],
    '203.0.113.9',
  ],
  [
    'a second named proxy between',
    '127.0.0.1',
    `${FORGED}, 203.0.113.9, 10.0.0.7`,
    ['127.0.0.1', '10.0.0.0/24'],
    '203.0.113.9',
  ],
  ['a client past the proxy', '203.0.113.9', FORGED, ['127.0.0.1'], '203.0.113.9'],
  ['a proxy that says nothing', '127.0.0.1', undefined, ['127.0.0.1'], '127.0.0.1'],
  ['a proxy in IPv6 clothes', '::ffff:127.0.0.1', '203.0.113.9', ['127.0.0.1'], '203.0.113.9'],
  ['a client of IPv6 counts as its network', '::1', '2001:db8:1:2:3:4:5:6', ['::1'], '2001:db8:1:2::'],
])('%s', async (_, peer, forwarded, trusted, address) => {
  expect(await countedFor({ peer, ...(forwarded && { forwarded }) }, trusted)).toBe(address)
})
