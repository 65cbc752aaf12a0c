import { existsSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import statics from '@fastify/static'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { Problem } from '#contract/problem.ts'
import { registerEvents } from '#modules/events/index.ts'
import { createLanes } from '#platform/admission.ts'
import { answerUnreadable, BARE_HEADERS, isCrooked } from '#platform/answer-headers.ts'
import type { Backups } from '#platform/backup/backups.ts'
import type { Restores } from '#platform/backup/restores.ts'
import { boundedLog } from '#platform/bounded-log.ts'
import type { Clock } from '#platform/clock.ts'
import type { Database } from '#platform/db.ts'
import type { DiskWarning } from '#platform/disk.ts'
import { NotFound, Refused } from '#platform/errors.ts'
import { createFrontDoor } from '#platform/front-door.ts'
import { registerOperations, sendProblem } from '#platform/http.ts'
import { closeBeside } from '#platform/listening.ts'
import { createNotices } from '#platform/notices.ts'
import { openApi } from '#platform/openapi.ts'
import type { Operation } from '#platform/operation.ts'
import { createReadiness, type Readiness } from '#platform/readiness.ts'
import { restoreIdOf } from '#platform/restore-id.ts'
import { sharedRead } from '#platform/shared-read.ts'
import { passingVault, type Vault } from '#platform/vault.ts'
import { operations } from './operations.ts'

export type ServerOptions = {
  database: Database
  clock: Clock
  /** Seals secrets under the server's key; without one they last as long as the process. */
  vault?: Vault
  /** Folder of the built screens; none in tests that only speak HTTP. */
  webRoot?: string
  /** Served behind TLS: cookies are marked so and browsers are told to stay on it. */
  secure?: boolean
  /** Proxies whose `X-Forwarded-For` is believed, as addresses or networks; nobody's unless named. */
  trustedProxies?: readonly string[]
  /** The folder of the bundled database, whose disk is looked after. */
  dataDir?: string | undefined
  /** How full that disk is, when that is worth a word; a database elsewhere has somebody else to look at it. */
  diskWarning?: () => DiskWarning | null
  /** Copies of the bundled database; a database elsewhere has somebody else to copy it. */
  backups?: Backups | null
  /** Restoring what is served; none where nobody can take the journal down and bring it back. */
  restores?: Restores | null
  /** Save only what PostgreSQL keeps for certain; off in tests, whose databases outlive nothing. */
  durableOnly?: boolean
  /** Check every answer against its contract; on in tests. */
  checkAnswers?: boolean
  logLevel?: string
  /** Where the log goes instead of the standard output. */
  logTo?: { write: (line: string) => void }
  version?: string
  /** What is served, all of it unless given: with their declarations opened the database is seen to hold by itself. */
  served?: readonly Operation[]
}

// The largest legal body is a pasted block of 2100 cells.
const BODY_BYTES = 640 * 1024
const CONNECTION = {
  requestTimeout: 30_000,
  headersTimeout: 10_000,
  // How often those bounds are looked at.
  connectionsCheckingInterval: 2_000,
  // Longer than proxies keep theirs, so that the server is not the one who hangs up.
  keepAliveTimeout: 72_000,
  requireHostHeader: false,
}
const CONNECTIONS = 12_000
const FOLDER_MS = 5_000

/** The whole application behind HTTP; the caller listens, or injects requests. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { database, clock, secure = false, checkAnswers = false, trustedProxies = [] } = options
  const { vault = passingVault(), served = operations, diskWarning = () => null, backups = null } = options
  const lanes = createLanes(database.pool.options.max ?? 1)
  const door = createFrontDoor(lanes, served)
  const server = Fastify({
    serverFactory: (inside) => createHttpServer(CONNECTION, door.letIn(inside)),
    bodyLimit: BODY_BYTES,
    clientErrorHandler: answerUnreadable,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    // An address no route can be made of: answered in our words, not in the framework's.
    frameworkErrors: (_, request, reply) =>
      sendProblem(new NotFound(), reply.headers(BARE_HEADERS), request.log),
    // Addresses may carry ids and words typed into searches, so requests are logged by route only.
    logController: new LogController({ disableRequestLogging: true }),
    logger: loggerOf(options),
  })
  server.server.maxConnections = CONNECTIONS
  server.server.on('connection', door.meet)
  server.server.on('checkExpectation', (request, response) =>
    server.server.emit('request', request, response),
  )
  await server.register(cookie)
  await server.register(helmet, {
    contentSecurityPolicy: contentPolicy(secure),
    hsts: secure,
    referrerPolicy: { policy: 'no-referrer' },
  })
  server.addHook('onRequest', async ({ raw }) => {
    if (isCrooked(raw.url ?? '')) throw new NotFound()
    // Left to Node, it would be answered past every hook.
    if (raw.httpVersion === '1.1' && raw.headers.host === undefined) throw new Refused('bad-shape')
  })
  server.addHook('preClose', async () => {
    door.beginClosing()
  })
  server.addHook('onSend', async (request, reply) => {
    // Whoever is answered now is not to send the next request into a connection that is being closed.
    if (door.isClosing()) reply.header('connection', 'close')
    reply.header('x-robots-tag', 'noindex, nofollow')
    // Refusals too: an answer about a person belongs to no cache.
    if (request.url.startsWith('/api')) reply.header('cache-control', 'no-store')
  })
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    request.log.info({
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    })
  })
  server.setErrorHandler((error, request, reply) => sendProblem(error, reply, request.log))

  const readiness = createReadiness(database, { clock, dataDir: options.dataDir })
  registerHealth(server, readiness, options.backups)
  const requireDurable = options.durableOnly ? readiness.requireDurable : async () => undefined
  const kept = { backups: unhurt(backups), restores: options.restores ?? null }
  const around = { database, clock, vault, diskWarning, lanes, requireDurable, ...kept }
  const restoreId = restoreIdOf(database)
  const http = { ...around, restoreId, secureCookies: secure, checkAnswers }
  registerOperations(server, http, served)
  registerEvents(server, http, createNotices(database))
  const document = JSON.stringify(openApi(served, Problem, options.version ?? '0'))
  server.get('/api/openapi.json', (_, reply) => reply.type('application/json; charset=utf-8').send(document))
  await registerScreens(server, options.webRoot)
  // After the streams have been ended: they are the ones that come again.
  server.addHook('preClose', async () => {
    await door.told()
    // Awaited by whoever stops the process: what is in flight on them goes on.
    void closeBeside(server.server)
  })
  return server
}

/** A folder on a share that is away hangs whoever looks into it: one look at a time, and not for long. */
function unhurt(backups: Backups | null): Backups | null {
  const late = () => new Refused('backup-folder-silent')
  return backups && { ...backups, state: sharedRead(() => backups.state(), FOLDER_MS, late) }
}

function loggerOf({ logLevel, logTo }: ServerOptions) {
  if (!logLevel) return false
  return { level: logLevel, base: null, stream: boundedLog(logTo ?? process.stdout) }
}

function contentPolicy(secure: boolean) {
  return {
    useDefaults: false,
    directives: {
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'font-src': ["'self'"],
      'img-src': ["'self'", 'data:'],
      'connect-src': ["'self'"],
      'manifest-src': ["'self'"],
      'base-uri': ["'none'"],
      'form-action': ["'self'"],
      'frame-ancestors': ["'none'"],
      ...(secure ? { 'upgrade-insecure-requests': [] } : {}),
    },
  }
}

function registerHealth(server: FastifyInstance, readiness: Readiness, backups?: Backups | null): void {
  server.get('/healthz', (_, reply) => reply.send({ ok: true }))
  server.get('/readyz', async (_, reply) => {
    const faults = await readiness.faults()
    const ready = faults.length === 0
    const summary = backups?.summary()
    const detail = { ...(!ready && { faults }), ...(summary && { backups: summary }) }
    return reply.status(ready ? 200 : 503).send({ ready, ...detail })
  })
}

async function registerScreens(server: FastifyInstance, webRoot: string | undefined): Promise<void> {
  const missing = () => {
    throw new NotFound()
  }
  if (!webRoot || !existsSync(webRoot)) {
    server.setNotFoundHandler(missing)
    return
  }
  await server.register(statics, {
    root: webRoot,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const forever = path.includes('/assets/')
      reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  // Any other address is a screen of the application, which knows its own 404.
  server.setNotFoundHandler((request, reply) => {
    if (request.method !== 'GET' || request.url.startsWith('/api/') || request.url.startsWith('/assets/'))
      return missing()
    return reply.header('cache-control', 'no-cache').sendFile('index.html')
  })
}
