import { newId } from '#platform/ids.ts'
import type { Operation } from '#platform/operation.ts'
import { type Ask, addressOf } from './probe.ts'
import type { Stage } from './stage.ts'

export type Answered = { status: number; text: string; headers: Record<string, unknown> }

/** Asks as somebody, or as nobody at all. A stream is left as soon as it has said yes or no. */
export async function send(
  { server }: Stage,
  operation: Pick<Operation, 'method' | 'path' | 'stream'>,
  who: string | null,
  ask: Ask,
): Promise<Answered> {
  const key = operation.method === 'GET' ? {} : { 'idempotency-key': newId() }
  const request = {
    method: operation.method,
    url: addressOf(operation, ask),
    headers: { ...key, ...(who && { cookie: `zhuravl=token-of-${who}` }) },
    ...(ask.body === undefined ? {} : { payload: ask.body as object }),
  }
  if (operation.stream) {
    const response = await server.inject({ ...request, payloadAsStream: true })
    const text = response.statusCode === 200 ? '' : await textOf(response.stream())
    response.stream().destroy()
    return { status: response.statusCode, text, headers: response.headers }
  }
  const response = await server.inject(request)
  return { status: response.statusCode, text: response.payload, headers: response.headers }
}

async function textOf(stream: AsyncIterable<Buffer | string>): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += chunk
  return text
}

/** All that an outsider could compare between two answers. */
export function appearance({ status, text, headers }: Answered): string {
  const { date, ...others } = headers
  return JSON.stringify([status, text, Object.entries(others).sort()])
}
