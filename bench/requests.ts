import { newId } from '#platform/ids.ts'
import type { Measured } from './measured.ts'

/** One figure of the table: what, in which unit, how much, and the bound the issue sets. */
export type Figure = { name: string; unit: string; value: number; atMost?: number; atLeast?: number }

export type Ask = { method?: string; path: string; token?: string; body?: unknown }
export type Cost = { cpu: number; statements: number; bytes: number }

async function send(address: string, { method = 'GET', path, token, body }: Ask): Promise<number> {
  const response = await fetch(address + path, {
    method,
    headers: {
      ...(token ? { cookie: `zhuravl=${token}` } : {}),
      ...(method === 'GET' ? {} : { 'content-type': 'application/json', 'idempotency-key': newId() }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`)
  return text.length
}

/** Mean CPU milliseconds (server plus database), statements and answer bytes of one request, over many. */
export async function costOf(
  measured: Measured,
  ask: (n: number) => Ask,
  times = 400,
  warm = 60,
): Promise<Cost> {
  let bytes = 0
  for (let n = 0; n < warm; n++) bytes = await send(measured.address, ask(n))
  const before = await measured.spent()
  for (let n = warm; n < warm + times; n++) bytes = await send(measured.address, ask(n))
  const after = await measured.spent()
  return {
    cpu: (after.server - before.server + after.database - before.database) / times,
    statements: (after.statements - before.statements) / times,
    bytes,
  }
}
