import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { BARE_HEADERS } from './answer-headers.ts'
import { Refused } from './errors.ts'
import { answerFor } from './problems.ts'
import { type Away, WAITING } from './waiting-room.words.ts'

/** Stands at the address of a journal that is away for a while; `close` leaves the address to it again. */
export type WaitingRoom = { close: () => Promise<void> }

const AGAIN_S = 3

/**
 * Answers at the journal's address while nothing is served there: a page that asks again by itself to whoever looks, a
 * refusal with «come again» to whoever saves, which then waits in the browser, and how far it is to whoever follows.
 */
export async function openWaitingRoom(
  place: { port: number; host: string },
  percent: () => number,
  away: Away = 'restoring',
): Promise<WaitingRoom> {
  const answers: Record<string, () => [status: number, body: unknown]> = {
    '/healthz': () => [200, { ok: true }],
    '/readyz': () => [503, { ready: false, faults: [away] }],
    ...(away === 'restoring' && {
      '/api/restore': () => [200, { running: { percent: percent() } }] as const,
    }),
  }
  const server = createServer((request, response) => {
    // Nothing is read of what is sent here.
    request.resume()
    const [path = ''] = (request.url ?? '').split('?', 1)
    const asks = request.method === 'GET' || request.method === 'HEAD'
    const answer = asks ? answers[path] : undefined
    if (answer) json(response, ...answer())
    else if (asks && !/^\/(api|assets)\//.test(path)) page(response, away, percent())
    else json(response, 503, answerFor(new Refused(away)).body)
  })
  server.listen(place)
  await once(server, 'listening')
  return {
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    ...BARE_HEADERS,
    ...(status === 503 && { 'retry-after': String(AGAIN_S) }),
    'content-type': 'application/json; charset=utf-8',
    connection: 'close',
  })
  response.end(JSON.stringify(body))
}

const STYLE = `:root{color-scheme:light dark;font:1.0625rem/1.5 system-ui,sans-serif}
body{max-width:34rem;margin:0 auto;padding:12vh 1.25rem 2rem}
h1{font-size:1.5rem;line-height:1.25;font-variant-numeric:tabular-nums}
progress{inline-size:100%;block-size:.75rem}`
const POLICY = `default-src 'none';style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}';base-uri 'none';frame-ancestors 'none'`

function page(response: ServerResponse, away: Away, percent: number): void {
  const { title: told, text, bar } = WAITING[away]
  const title = told(percent)
  response.writeHead(503, {
    ...BARE_HEADERS,
    'content-security-policy': POLICY,
    'retry-after': String(AGAIN_S),
    'content-type': 'text/html; charset=utf-8',
    connection: 'close',
  })
  response.end(`<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${AGAIN_S}">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<progress max="100" value="${percent}" aria-label="${bar}"></progress>
<p>${text}</p>
</main>
</body>
</html>
`)
}
