import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { send } from './api.ts'

async function answering(status: number, type: string, body: string): Promise<string> {
  const server = createServer((_, response) => response.writeHead(status, { 'content-type': type }).end(body))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/lessons`
}

test('a page of the network in between is no answer of the server, whatever its status', async () => {
  const portal = await answering(200, 'text/html', '<h1>Wi-Fi</h1>')
  expect(await send('PUT', portal, { body: {} })).toMatchObject({ status: 0, body: null })
  const cut = await answering(200, 'application/json', '{"cells":')
  expect(await send('PUT', cut, { body: {} })).toMatchObject({ status: 0 })
})

test('a success and a refusal come as they are', async () => {
  const saved = await answering(200, 'application/json; charset=utf-8', '{"version":1}')
  expect(await send('PUT', saved, { body: {} })).toMatchObject({ status: 200, body: { version: 1 } })
  const gateway = await answering(502, 'text/html', '<h1>Bad gateway</h1>')
  expect(await send('PUT', gateway, { body: {} })).toMatchObject({ status: 502, body: null })
})

test('an operation says whose it is', async () => {
  const server = createServer(({ headers }, response) =>
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ account: headers['x-account'] })),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  expect(await send('PUT', address, { body: {}, accountId: 'teacher' })).toMatchObject({
    body: { account: 'teacher' },
  })
})
