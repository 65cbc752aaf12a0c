import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { Refused } from './errors.ts'
import { answerFor } from './problems.ts'

/** What the hooks give every other answer, for the answers that are made before any hook runs. */
export const BARE_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none';base-uri 'none';frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  'x-robots-tag': 'noindex, nofollow',
}

const STATUS: Record<string, number> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
}

/** Answers what is no HTTP, came too slowly or has too long a head, which no handler ever sees, and hangs up. */
export function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  const code = error.code ?? ''
  // A connection that is gone, or has its answer begun already, can be told nothing.
  if (code === 'ECONNRESET' || !socket.writable || hasBegun(socket)) {
    socket.destroy()
    return
  }
  const status = STATUS[code] ?? 400
  const body = JSON.stringify(answerFor(new Refused(status === 408 ? 'too-slow' : 'bad-shape')).body)
  const headers = {
    ...BARE_HEADERS,
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}\r\n${body}`)
}

/** Node keeps the answer under way on its socket and declares it nowhere. */
const hasBegun = (socket: Socket): boolean =>
  (socket as { _httpMessage?: { headersSent: boolean } | null })._httpMessage?.headersSent === true

/**
 * Whether an address is not one that a browser or a link of ours makes: steps up, empty steps, backslashes, bytes that
 * are no letters, in whatever spelling. Nothing lives there, and the folder of the pages need not be asked.
 */
export function isCrooked(url: string): boolean {
  const path = url.split('?', 1)[0] ?? ''
  if (!path.startsWith('/') || /\/\/|\\|%(?:2f|5c|00)/i.test(path)) return true
  return path.split('/').some((step) => /^(?:\.|%2e){1,2}$/i.test(step))
}
