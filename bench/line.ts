import { connect, type Socket } from 'node:net'

/** What came back on one line: the status, the text, and seconds of `Retry-After` where given. */
export type Heard = { status: number; body: string; retryAfter: number | null }

const HEAD_END = '\r\n\r\n'

/**
 * One browser's own connection, kept alive: asks one thing at a time and opens anew what was closed. Far cheaper than a
 * client library, since it shares the cores with what it measures.
 */
export function openLine(host: string, port: number) {
  let socket: Socket | null = null
  let text = ''
  let settle: { resolve: (heard: Heard) => void; reject: (error: Error) => void } | null = null

  const fail = (error: Error) => {
    socket = null
    settle?.reject(error)
    settle = null
  }
  const read = () => {
    const end = text.indexOf(HEAD_END)
    if (end < 0) return
    const head = text.slice(0, end)
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
    const from = end + HEAD_END.length
    // Counted in bytes: the socket gives one letter a byte.
    if (text.length < from + length) return
    const retryAfter = /\r\nretry-after: (\d+)/i.exec(head)?.[1]
    const heard = {
      status: Number(head.slice(9, 12)),
      body: Buffer.from(text.slice(from, from + length), 'latin1').toString(),
      retryAfter: retryAfter === undefined ? null : Number(retryAfter),
    }
    if (/\r\nconnection: close/i.test(head)) {
      socket?.destroy()
      socket = null
    }
    const done = settle
    settle = null
    text = ''
    done?.resolve(heard)
  }
  return {
    ask: (request: string): Promise<Heard> =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject }
        text = ''
        if (socket === null) {
          const fresh = connect({ host, port, noDelay: true })
          socket = fresh
          fresh.setEncoding('latin1')
          fresh.on('data', (chunk: string) => {
            text += chunk
            read()
          })
          fresh.on('error', fail)
          fresh.on('close', () => {
            if (socket === fresh) fail(new Error('closed'))
          })
        }
        socket.write(request)
      }),
  }
}
