import type { ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { Nothing } from '#contract/shapes.ts'
import { type Access, CONTROL, TEACHING } from '#domain/access/access.ts'
import { Refused } from '#platform/errors.ts'
import { callOf, cookieName, type Http, openCall } from '#platform/http.ts'
import type { Notices } from '#platform/notices.ts'
import { type Operation, operation } from '#platform/operation.ts'
import { type AsActor, openStream } from './stream.ts'

const HEAR = {
  resource: 'journal',
  action: 'read',
  grants: [
    { roles: CONTROL, relation: 'organization' },
    { roles: TEACHING, relation: 'own-journal' },
    { roles: ['homeroom-teacher'], relation: 'homeroom-class' },
  ],
} satisfies Access

const declared = operation({
  id: 'events.hear',
  summary: 'Server-sent events: cells changed by others in journals the actor may read',
  method: 'GET',
  path: '/api/events',
  access: HEAR,
  answer: Nothing,
  handle: async () => ({}),
})

export const eventOperations: Operation[] = [{ ...declared, stream: true }]

const STREAMS = 400

/** Serves the stream of changes; it is declared like any operation and opened apart, since it never answers. */
export function registerEvents(server: FastifyInstance, http: Http, notices: Notices): void {
  const open = new Set<ServerResponse>()
  // A stream never ends by itself, and a server that stops must not wait for it.
  server.addHook('preClose', async () => {
    for (const response of open) response.end()
    await notices.close()
  })
  server.get(declared.path, async (request, reply) => {
    const token = request.cookies[cookieName(http.secureCookies)]
    if (!token) throw new Refused('signed-out')
    if (open.size >= STREAMS) throw new Refused('busy')
    const asActor: AsActor = (work) =>
      http.database.app.transaction().execute(async (tx) => {
        const now = http.clock()
        return work(callOf(await openCall(tx, token, now), declared, tx, now, null))
      })
    const { organizationId } = await asActor(async ({ actor }) => actor)
    reply.hijack()
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value)
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-robots-tag': 'noindex, nofollow',
    })
    open.add(reply.raw)
    reply.raw.on('close', () => open.delete(reply.raw))
    openStream(reply.raw, notices, organizationId, asActor)
  })
}
