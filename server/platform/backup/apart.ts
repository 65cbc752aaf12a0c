import { readlinkSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { basename } from 'node:path'
import { type MessagePort, Worker } from 'node:worker_threads'
import type { BackupFault } from './backup.words.ts'
import { type CopyCluster, copyCluster } from './copy-cluster.ts'
import { BackupRefused } from './fault.ts'
import { type UnpackCopy, unpack } from './restore.ts'

/** The work of backups that keeps a processor busy: where it is done is no matter to who asks for it. */
export type HardWork = { copyCluster: CopyCluster; unpack: UnpackCopy }

/** In this thread: nobody else waits for it. */
export const HERE: HardWork = { copyCluster, unpack }

type Task =
  | { work: 'copy'; order: Parameters<CopyCluster>[0] }
  | { work: 'unpack'; order: Omit<Parameters<UnpackCopy>[0], 'progress'> }

/** What a thread of this kind is started with. */
type Started = { backups: Task }

type Failure = { message: string; code?: unknown; fault?: BackupFault }
type Said = { progress: unknown[] } | { done: unknown } | { failed: Failure }

/** Kilobytes a second: packing and sealing at this pace leave a processor to who saves meanwhile. */
export const CALM_RATE = 8 * 1024

/** Of memory that JavaScript manages; what streams through lies outside of it. */
const LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 }

/**
 * In a thread of its own each time, so that who saves meanwhile does not wait for packing and sealing. `script` calls
 * `serveBackups` when it is started as a thread. One that breaks or is ended has failed. A cluster is copied
 * at `rate` at most, in kilobytes a second.
 */
export function workApart(script: URL, rate?: number): HardWork {
  return {
    copyCluster: (order, { progress, signal }) =>
      within(
        script,
        { work: 'copy', order: { ...order, ...(rate && { rate }) } },
        { progress, signal },
      ) as ReturnType<CopyCluster>,
    unpack: ({ progress, ...order }) =>
      within(script, { work: 'unpack', order }, { progress }) as ReturnType<UnpackCopy>,
  }
}

type Around = { progress?: ((...news: never[]) => void) | undefined; signal?: AbortSignal | undefined }

async function within(script: URL, task: Task, { progress, signal }: Around): Promise<unknown> {
  signal?.throwIfAborted()
  const started: Started = { backups: task }
  const thread = new Worker(script, { workerData: started, resourceLimits: LIMITS })
  const stop = () => thread.postMessage('stop')
  signal?.addEventListener('abort', stop)
  try {
    return await lastWordOf(thread, (news) => progress?.(...(news as never[])))
  } finally {
    signal?.removeEventListener('abort', stop)
    await thread.terminate()
  }
}

/** What it has done; its failure, its end without a word, and whatever `follow` throws are an error. */
function lastWordOf(thread: Worker, follow: (news: unknown[]) => void): Promise<unknown> {
  return new Promise((resolve, reject) => {
    thread.on('message', (said: Said) => {
      if ('done' in said) return resolve(said.done)
      if ('failed' in said) return reject(errorOf(said.failed))
      try {
        follow(said.progress)
      } catch (error) {
        // Whoever follows the work wants no more of it.
        reject(error)
      }
    })
    thread.once('error', reject)
    thread.once('exit', (code) => reject(new Error(`the thread of backups ended with ${code}`)))
  })
}

/** Does in a thread what it was started for; false where that is something else. */
export async function serveBackups(port: MessagePort, started: unknown): Promise<boolean> {
  if (typeof started !== 'object' || started === null || !('backups' in started)) return false
  giveWay()
  const ending = new AbortController()
  port.on('message', () => ending.abort())
  const tell = rarely((...news: unknown[]) => port.postMessage({ progress: news } satisfies Said))
  try {
    const done = await doOne((started as Started).backups, tell, ending.signal)
    port.postMessage({ done } satisfies Said)
  } catch (error) {
    port.postMessage({ failed: failureOf(error as Error) } satisfies Said)
  }
  return true
}

// On Linux a thread has a priority of its own; elsewhere it would be that of the whole process.
function giveWay(): void {
  if (process.platform !== 'linux') return
  try {
    setPriority(Number(basename(readlinkSync('/proc/thread-self'))), constants.priority.PRIORITY_LOW)
  } catch {
    // A system that hides its threads: copies are made all the same.
  }
}

const doOne = (task: Task, progress: (...news: unknown[]) => void, signal: AbortSignal): Promise<unknown> =>
  task.work === 'copy' ? copyCluster(task.order, { progress, signal }) : unpack({ ...task.order, progress })

const TELL_MS = 100

function rarely(tell: (...news: unknown[]) => void): (...news: unknown[]) => void {
  let told = Number.NEGATIVE_INFINITY
  return (...news) => {
    if (performance.now() - told < TELL_MS) return
    told = performance.now()
    tell(...news)
  }
}

// Between threads an error keeps its message and nothing else of its own.
function failureOf(error: Error & { code?: unknown }): Failure {
  const { message, code } = error
  return { message, code, ...(error instanceof BackupRefused && { fault: error.fault }) }
}

function errorOf({ message, code, fault }: Failure): Error {
  if (fault) return Object.assign(new BackupRefused(fault), { message })
  return Object.assign(new Error(message), code !== undefined && { code })
}
