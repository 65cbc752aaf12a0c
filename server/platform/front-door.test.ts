import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { createFrontDoor } from './front-door.ts'

async function openDoor() {
  const lane = { isCrowded: () => false }
  const door = createFrontDoor({ read: lane, save: lane } as never, [])
  const server = createServer(door.letIn((_, response) => void response.end('ok')))
  server.on('connection', door.meet)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  const left = () => new Promise<void>((done) => server.once('left', done))
  server.on('connection', (socket) => socket.once('close', () => server.emit('left')))
  return { door, server, left, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

const settled = (told: Promise<void>) =>
  Promise.race([told.then(() => true), nextTurn().then(() => nextTurn(false))])

test('a server that closes waits for those who are connected, and not when nobody is', async () => {
  const { door, server, left, address } = await openDoor()
  expect(await (await fetch(address)).text()).toBe('ok')
  door.beginClosing()
  expect(await settled(door.told())).toBe(false)
  const gone = left()
  server.closeAllConnections()
  await gone
  expect(await settled(door.told())).toBe(true)
})
