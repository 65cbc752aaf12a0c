import type { FastifyInstance } from 'fastify'
import type { Database } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { createServer, type ServerOptions } from '../server/app.ts'
import { freshDatabase } from './database.ts'
import { fill, type Who } from './small-school.ts'

export { fill, ids, insert, TODAY, type Who } from './small-school.ts'

/** Answers of the server in process, with the body already read. */
export type Answered<T = Record<string, unknown>> = {
  status: number
  body: T
  headers: Record<string, unknown>
}
export type Asked = { operationId?: string; headers?: Record<string, string> }

export type World = {
  database: Database
  server: FastifyInstance
  /** What `now` is for the server; may be moved. */
  clock: { now: Date }
  as: (who: Who | null) => Client
}
export type Client = {
  get: <T = Record<string, unknown>>(path: string) => Promise<Answered<T>>
  put: <T = Record<string, unknown>>(path: string, body: unknown, asked?: Asked) => Promise<Answered<T>>
  post: <T = Record<string, unknown>>(path: string, body: unknown, asked?: Asked) => Promise<Answered<T>>
  delete: <T = Record<string, unknown>>(path: string, asked?: Asked) => Promise<Answered<T>>
}

/** A school of two classes and a club, standing at noon of 12 November 2026 in its own empty database. */
export async function world(): Promise<World> {
  const database = await freshDatabase()
  await fill(database)
  return worldIn(database)
}

/** The same noon over a database that holds this school already, served with `more`. */
export async function worldIn(database: Database, more: Partial<ServerOptions> = {}): Promise<World> {
  const clock = { now: new Date('2026-11-12T09:00:00Z') }
  const server = await createServer({ database, clock: () => clock.now, checkAnswers: true, ...more })
  return { database, server, clock, as: (who) => client(server, who) }
}

function client(server: FastifyInstance, who: Who | null): Client {
  const send = async <T>(
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    url: string,
    body?: unknown,
    asked: Asked = {},
  ): Promise<Answered<T>> => {
    const key = method === 'GET' ? {} : { 'idempotency-key': asked.operationId ?? newId() }
    const cookie = who ? { cookie: `zhuravl=token-of-${who}` } : {}
    const response = await server.inject({
      method,
      url,
      headers: { ...key, ...cookie, ...asked.headers },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    return { status: response.statusCode, body: response.json() as T, headers: response.headers }
  }
  return {
    get: (path) => send('GET', path),
    put: (path, body, asked) => send('PUT', path, body, asked),
    post: (path, body, asked) => send('POST', path, body, asked),
    delete: (path, asked) => send('DELETE', path, undefined, asked),
  }
}
