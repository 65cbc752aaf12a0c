import { once } from 'node:events'
import { createServer, type ListenOptions, type Server } from 'node:net'
import type { FastifyInstance } from 'fastify'

// Node takes one new connection a turn from each listener, and in a crowd turns are long: with one listener those who
// come anew wait in the system's queue, where nobody can refuse them, and longer than for all that follows.
const MORE_LISTENERS = 15
const BACKLOG = 4096

/** Whether several listeners may share a port here. */
const canShare = (): boolean => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  return process.platform === 'linux' && (major > 22 || (major === 22 && minor >= 12))
}

/** Listens, with several listeners on the one port where the system can; the address that a browser is given. */
export async function listenWidely(
  server: FastifyInstance,
  place: { port: number; host: string },
): Promise<string> {
  if (!canShare()) return server.listen({ ...place, backlog: BACKLOG })
  await refuseTaken(place)
  const sharing = { ...place, backlog: BACKLOG, reusePort: true }
  const address = await server.listen(sharing)
  const bound = server.server.address()
  if (bound === null || typeof bound === 'string') return address
  const more = await Promise.all(
    Array.from({ length: MORE_LISTENERS }, () =>
      listenBeside(server.server, { ...sharing, host: bound.address, port: bound.port }),
    ),
  )
  beside.set(
    server.server,
    more.filter((listener) => listener !== null),
  )
  return address
}

const beside = new WeakMap<Server, Server[]>()

/** Takes no new connections on the listeners beside the server's own; settles when those that are open have ended. */
export async function closeBeside(server: Server): Promise<void> {
  const closed = (listener: Server) => new Promise<void>((resolve) => listener.close(() => resolve()))
  await Promise.all((beside.get(server) ?? []).map(closed))
}

/** A port that may be shared is shared with everybody of the same user: somebody else's program is to be met first. */
async function refuseTaken({ port, host }: { port: number; host: string }): Promise<void> {
  if (port === 0) return
  const trial = createServer()
  trial.listen({ port, host, exclusive: true })
  await once(trial, 'listening')
  trial.close()
  await once(trial, 'close')
}

async function listenBeside(main: Server, options: ListenOptions): Promise<Server | null> {
  const listener = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
    main.emit('connection', socket),
  )
  listener.listen(options)
  try {
    await once(listener, 'listening')
    return listener
  } catch {
    return null
  }
}
