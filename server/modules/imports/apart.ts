import type { MessagePort } from 'node:worker_threads'
import { Worker } from 'node:worker_threads'
import { type ReadWorkbook, readWorkbook, type WorkbookReading } from './workbook.ts'

/** What a thread that serves workbooks is started with as its data. */
export const WORKBOOKS = 'workbooks'

/** What reading one workbook may take: seconds of the clock, megabytes of memory. */
export type ReadingBounds = { seconds: number; megabytes: number }

/** Reads workbooks one after the other; `close` lets go of what it needs for that. */
export type WorkbookReader = { read: ReadWorkbook; close: () => Promise<void> }

type Outcome = WorkbookReading | { error: Error }

/**
 * Reads workbooks in a thread of their own, so that no file, whatever it holds, keeps the program longer or costs more
 * than it may: a file past a bound is refused (`too-slow`, `too-much-memory`), and the next one is read by a new thread.
 * `script` calls `serveWorkbooks` when it is started with `WORKBOOKS`.
 */
export function readerApart(script: URL, { seconds, megabytes }: ReadingBounds): WorkbookReader {
  let thread: Worker | null = null
  const close = async () => {
    const open = thread
    thread = null
    await open?.terminate()
  }
  const open = async (): Promise<Worker> => {
    if (thread) return thread
    const own = new Worker(script, {
      workerData: WORKBOOKS,
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
    })
    thread = own
    // One that breaks between two files is nobody's fault: the next file gets a new one.
    own.on('error', () => undefined)
    own.once('exit', () => {
      if (thread === own) thread = null
    })
    // Its own beginning is not what the file costs.
    await said(own)
    return own
  }
  const read = async (bytes: Uint8Array): Promise<Outcome> => {
    try {
      const own = await open()
      own.postMessage(bytes)
      return await within(seconds, said(own))
    } catch (error) {
      return outcomeOf(error)
    }
  }
  return {
    close,
    read: async (bytes) => {
      const outcome = await read(bytes)
      if (isOver(outcome)) await close()
      if ('error' in outcome) throw outcome.error
      return outcome
    },
  }
}

/** Serves a thread: reads each workbook it is sent, and answers what was read. */
export function serveWorkbooks(port: MessagePort): void {
  port.on('message', (bytes: Uint8Array) => {
    void readWorkbook(bytes).then((reading) => port.postMessage(reading))
  })
  port.postMessage(null)
}

const TOO_SLOW = { refusal: 'too-slow' } as const
const TOO_MUCH = { refusal: 'too-much-memory' } as const

const isOver = (outcome: Outcome): boolean =>
  'error' in outcome ||
  ('refusal' in outcome && [TOO_SLOW.refusal, TOO_MUCH.refusal].some((one) => one === outcome.refusal))

function outcomeOf(error: unknown): Outcome {
  if ((error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY') return TOO_MUCH
  return { error: error instanceof Error ? error : new Error(String(error)) }
}

/** What the thread says next; its end without a word is an error too. */
function said(thread: Worker): Promise<WorkbookReading> {
  return new Promise((resolve, reject) => {
    const ends = new AbortController()
    const once = <T>(name: string, then: (value: T) => void) => {
      const heard = (value: T) => {
        ends.abort()
        then(value)
      }
      thread.on(name, heard)
      ends.signal.addEventListener('abort', () => thread.off(name, heard))
    }
    once<WorkbookReading>('message', resolve)
    once<Error>('error', reject)
    once<number>('exit', (code) => reject(new Error(`the thread of workbooks ended with ${code}`)))
  })
}

function within(seconds: number, answer: Promise<WorkbookReading>): Promise<WorkbookReading> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(TOO_SLOW), seconds * 1000)
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
