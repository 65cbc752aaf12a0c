import { at } from './seed.ts'

/** The id of the n-th journal. */
export const journalId = (n: number): string =>
  at.journal.replace(/1$/, '').slice(0, 36 - String(n).length) + n

type Put = { token: string; journal: number; operationId: string; body: unknown }

/** A save of cells as it goes over a line. */
export function putCell(host: string, { token, journal, operationId, body }: Put): string {
  const text = JSON.stringify(body)
  const head = [
    `PUT /api/journals/${journalId(journal)}/cells HTTP/1.1`,
    `host: ${host}`,
    `cookie: zhuravl=${token}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(text)}`,
    `idempotency-key: ${operationId}`,
  ]
  return `${head.join('\r\n')}\r\n\r\n${text}`
}
