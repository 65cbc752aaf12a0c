import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Refusal } from '#domain/refusal.ts'
import type { Lanes } from './admission.ts'
import { BARE_HEADERS } from './answer-headers.ts'
import { Refused } from './errors.ts'
import type { Operation } from './operation.ts'
import { answerFor } from './problems.ts'

/** What every request passes before the framework sees it. */
export type FrontDoor = {
  letIn: (inside: RequestListener) => RequestListener
  /** A connection that may ask something, or, as browsers open them ahead, never. */
  meet: (socket: Socket) => void
  /** From now on every answer asks its connection to be closed, and nothing new is begun. */
  beginClosing: () => void
  isClosing: () => boolean
  /**
   * Settles when those who were asking have been told: at once where nobody is connected. Whoever has asked nothing is
   * let go a moment later.
   */
  told: () => Promise<void>
}

// Browsers that are at work ask again within that; those that are not have nothing on their way.
const TELL_MS = 1_500
// Whoever has just connected may have asked already, which is not read yet.
const SILENT_MS = 1_000
// As long as a connection is kept for the next request.
const KEPT_MS = 75_000

/**
 * Turns away what would wait too long, before the framework has seen it: a refusal costs a tenth of what it would
 * inside, and in a crowd there are more of them than of everything else. Signing in and out, streams, health and pages
 * are not asked here. While the server closes, it turns away everything of the API.
 */
export function createFrontDoor(lanes: Lanes, operations: readonly Operation[]): FrontDoor {
  const free = new Set(
    operations
      .filter(({ runPublic, stream }) => runPublic !== null || stream)
      .map(({ method, path }) => `${method} ${path}`),
  )
  let closing = false
  let lastAsked = Number.NEGATIVE_INFINITY
  const connected = new Set<Socket>()
  // Node counts a connection that has sent nothing as busy, and would wait for it.
  const silent = new Set<Socket>()

  const isSurplus = (method: string, url: string): boolean => {
    const lane = method === 'GET' || method === 'HEAD' ? lanes.read : lanes.save
    return lane.isCrowded() && !free.has(`${method} ${url}`)
  }
  const refusalFor = ({ method = '', url = '' }: IncomingMessage): 'restarting' | 'busy' | null => {
    if (!url.startsWith('/api/')) return null
    if (closing) return 'restarting'
    return isSurplus(method, url) ? 'busy' : null
  }
  return {
    letIn: (inside) => (request, response) => {
      lastAsked = performance.now()
      silent.delete(request.socket)
      if (closing) response.setHeader('connection', 'close')
      const refusal = refusalFor(request)
      if (refusal === null) inside(request, response)
      else turnAway(request, response, TEXTS[refusal])
    },
    meet: (socket) => {
      connected.add(socket)
      silent.add(socket)
      socket.once('close', () => {
        connected.delete(socket)
        silent.delete(socket)
      })
    },
    beginClosing: () => {
      closing = true
    },
    isClosing: () => closing,
    told: async () => {
      if (connected.size > 0 && performance.now() - lastAsked < KEPT_MS) await sleep(TELL_MS)
      setTimeout(() => {
        for (const socket of silent) if (socket.bytesRead === 0) socket.destroy()
      }, SILENT_MS)
    },
  }
}

type Text = { status: number; text: string; headers: Record<string, string> }

function textOf(refusal: Refusal): Text {
  const { status, body, retryAfter } = answerFor(new Refused(refusal))
  const text = JSON.stringify(body)
  const headers = {
    ...BARE_HEADERS,
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(text)),
    'retry-after': String(retryAfter),
  }
  return { status, text, headers }
}

const TEXTS = { busy: textOf('busy'), restarting: textOf('restarting') }

function turnAway(
  { method }: IncomingMessage,
  response: ServerResponse,
  { status, text, headers }: Text,
): void {
  response.writeHead(status, headers)
  response.end(method === 'HEAD' ? undefined : text)
}
