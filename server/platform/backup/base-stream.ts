import { PassThrough } from 'node:stream'
import pg from 'pg'

/** How the bundled server is reached by who may stream it. */
export type StreamLogin = { host: string; port: number; user: string; password?: string | undefined }

/** Where the copy begins and ends in the write-ahead log, and in which of its timelines. */
export type BaseSpan = { from: string; to: string; timeline: number }

/** One archive of the copy: the files of the cluster as tar, or its list of files with their SHA-256. */
export type BasePart = { kind: 'files' | 'manifest'; stream: PassThrough }

/** Bytes of the cluster sent so far, of about so many. */
export type BaseProgress = (done: number, of: number) => void

export type BaseOptions = {
  label: string
  /** Spreads the checkpoint over minutes, which spares who saves meanwhile; at once where somebody waits. */
  spread: boolean
  /** Kilobytes a second at most; as fast as it goes without it. */
  rate?: number | undefined
  open: (part: BasePart) => void
  progress?: BaseProgress | undefined
  /** Ends it at once: the process is told to stop. */
  signal?: AbortSignal | undefined
}

const [NEW_ARCHIVE, MANIFEST, DATA, PROGRESS] = [0x6e, 0x6d, 0x64, 0x70]

/** What `pg` calls while an answer comes that it has no type for. */
type Listener = {
  submit: (connection: Connection) => void
  handleRowDescription: () => void
  handleDataRow: (message: { fields: (string | null)[] }) => void
  handleCommandComplete: () => void
  handleCopyData: (message: { chunk: Buffer }) => void
  handleError: (error: Error) => void
  handleReadyForQuery: () => void
}
type Connection = { query: (text: string) => void; stream: { pause: () => void; resume: () => void } }

/**
 * Streams a whole cluster from a running server (BASE_BACKUP of the replication protocol) into the parts that `open` is
 * given; what is written meanwhile is in the log between `from` and `to`, without which the copy is nothing.
 */
export async function streamBase(login: StreamLogin, options: BaseOptions): Promise<BaseSpan> {
  const client = new pg.Client({
    ...login,
    database: 'postgres',
    // Known to the program, not to its types.
    ...({ replication: 'true' } as object),
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  })
  let failed: Error | null = null
  client.on('error', (error) => {
    failed ??= error
  })
  await client.connect()
  try {
    return await new Promise((resolve, reject) => {
      const listener = listen(options, resolve, reject)
      options.signal?.addEventListener('abort', () => {
        listener.handleError(new Error('told to stop'))
        void client.end()
      })
      client.once('end', () => listener.handleError(failed ?? new Error('the server has gone')))
      // Typed for its own queries only.
      ;(client as unknown as { query: (listener: Listener) => void }).query(listener)
    })
  } finally {
    await client.end().catch(() => undefined)
  }
}

function listen(
  { label, spread, rate, open, progress }: BaseOptions,
  resolve: (span: BaseSpan) => void,
  reject: (error: Error) => void,
): Listener {
  const command = [
    `LABEL '${label}'`,
    'PROGRESS true',
    `CHECKPOINT '${spread ? 'spread' : 'fast'}'`,
    ...(rate === undefined ? [] : [`MAX_RATE ${rate}`]),
    'WAL false',
    'WAIT false',
    `MANIFEST 'yes'`,
    `MANIFEST_CHECKSUMS 'SHA256'`,
  ]
  let connection: Connection | null = null
  let out: PassThrough | null = null
  let isWaiting = false
  let failure: Error | null = null
  // Three tables come: where it begins, the tablespaces with the size to come, where it ended.
  const tables: (string | null)[][] = []
  let table = -1
  let size = 0

  const begin = (kind: BasePart['kind']) => {
    out?.end()
    out = new PassThrough({ highWaterMark: 1 << 20 })
    out.on('error', (error) => {
      failure ??= error
    })
    out.on('close', proceed)
    open({ kind, stream: out })
  }
  const proceed = () => {
    isWaiting = false
    connection?.stream.resume()
  }
  const write = (data: Buffer) => {
    // The chunk is a view into a buffer that the next one overwrites.
    if (!out || out.destroyed || out.write(Buffer.from(data)) || isWaiting) return
    isWaiting = true
    connection?.stream.pause()
    out.once('drain', proceed)
  }
  return {
    submit: (given) => {
      connection = given
      given.query(`BASE_BACKUP (${command.join(', ')})`)
    },
    handleRowDescription: () => {
      table++
    },
    handleDataRow: ({ fields }) => {
      tables[table] ??= fields
      if (table === 1) size += Number(fields[2] ?? 0) * 1024
    },
    handleCommandComplete: () => undefined,
    handleCopyData: ({ chunk }) => {
      const kind = chunk[0]
      if (kind === NEW_ARCHIVE) begin('files')
      else if (kind === MANIFEST) begin('manifest')
      else if (kind === DATA) write(chunk.subarray(1))
      else if (kind === PROGRESS) progress?.(Number(chunk.readBigInt64BE(1)), size)
    },
    handleError: (error) => {
      failure ??= error
      out?.destroy(error)
      reject(error)
    },
    handleReadyForQuery: () => {
      out?.end()
      // What is still being written here is whole, whatever becomes of the connection.
      out = null
      const [from, timeline] = tables[0] ?? []
      const [to] = tables[2] ?? []
      if (failure) reject(failure)
      else if (!from || !to) reject(new Error('the server told no end of the copy'))
      else resolve({ from, to, timeline: Number(timeline) })
    },
  }
}
