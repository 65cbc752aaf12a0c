import type { ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { Nothing } from '#contract/shapes.ts'
import { type Access, CONTROL, TEACHING } from '#domain/access/access.ts'
import { Refused } from '#platform/errors.ts'
import { callOf, cookieName, type Http, openCall } from '#platform/http.ts'
import type { Notices } from '#platform/notices.ts'
import { type Operation, operation } from '#platform/operation.ts'
import { sha256 } from '#platform/secrets.ts'
import { type AsActor, openStream } from './stream.ts'
import { createWatch, type Watch } from './watch.ts'

const HEAR = {
  resource: 'journal',
  action: 'read',
  grants: [
    { roles: CONTROL, relation: 'organization' },
    { roles: TEACHING, relation: 'own-journal' },
    { roles: TEACHING, relation: 'substituted-lesson' },
    { roles: ['homeroom-teacher'], relation: 'homeroom-class' },
  ],
} satisfies Access

const declared = operation({
  id: 'events.hear',
  summary: 'Server-sent events: cells changed by others in journals and lessons the actor may read',
  method: 'GET',
  path: '/api/events',
  access: HEAR,
  answer: Nothing,
  handle: async () => ({}),
})

export const eventOperations: Operation[] = [{ ...declared, stream: true }]

const STREAM_TYPE = 'text/event-stream; charset=utf-8'
const STREAMS = 400
// What a server that stops tells last: to come again in a moment, not at once.
const GONE_FOR_A_WHILE = 'retry: 5000\n\n'
// Tabs of one person; without this bound one account could take the stream away from everybody.
const STREAMS_OF_ONE = 12

/** Serves the stream of changes; it is declared like any operation and opened apart, since it never answers. */
export function registerEvents(server: FastifyInstance, http: Http, notices: Notices): void {
  const open = new Set<ServerResponse>()
  let watch: Watch | null = null
  // A stream never ends by itself, and a server that stops must not wait for it.
  let closing = false
  server.addHook('preClose', async () => {
    closing = true
    for (const response of open) response.end(GONE_FOR_A_WHILE)
    await notices.close()
  })
  server.get(declared.path, async (request, reply) => {
    const token = request.cookies[cookieName(http.secureCookies)]
    if (!token) throw new Refused('signed-out')
    refuseCrowd(watch?.size() ?? 0, STREAMS)
    const asActor: AsActor = (work) =>
      http.database.app.transaction().execute(async (tx) => {
        const now = http.clock()
        return work(callOf(await openCall(tx, token, now), declared, { ...http, tx, now }, null))
      })
    const actor = await asActor(async (call) => call.actor)
    // Who asks for the head alone hears nothing and is not kept waiting.
    if (request.method === 'HEAD') return reply.type(STREAM_TYPE).header('cache-control', 'no-store').send()
    // Listening costs a connection, so it begins with the first stream; whoever is told that theirs is open counts on
    // hearing everything from then on.
    watch ??= createWatch(http.database, http.clock, notices)
    await notices.ready()
    refuseCrowd(watch.of(actor.accountId), STREAMS_OF_ONE)
    // Its session was looked up while the server began to stop, and nobody would end it.
    if (closing) throw new Refused('restarting')
    reply.hijack()
    // Whoever left while the session was looked up has closed already and will not say so again.
    if (reply.raw.destroyed) return
    writeHead(reply)
    const stream = openStream(reply.raw, actor.organizationId, asActor)
    const forget = watch.add({ stream, actor, tokenHash: sha256(token), standsOn: null })
    open.add(reply.raw)
    reply.raw.on('close', () => {
      open.delete(reply.raw)
      forget()
    })
  })
}

function refuseCrowd(streams: number, most: number): void {
  if (streams >= most) throw new Refused('busy')
}

function writeHead(reply: FastifyReply): void {
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) reply.raw.setHeader(name, value)
  reply.raw.writeHead(200, {
    'content-type': STREAM_TYPE,
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-robots-tag': 'noindex, nofollow',
  })
}
