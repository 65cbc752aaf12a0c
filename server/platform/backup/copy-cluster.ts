import { join } from 'node:path'
import type { Connection } from '../embedded/reach.ts'
import { type BaseProgress, type BaseSpan, streamBase } from './base-stream.ts'
import { BackupRefused } from './fault.ts'
import { FILES, MANIFEST } from './folder.ts'
import { type Sealed, seal } from './seal.ts'

export type ClusterOrder = {
  login: Connection
  /** Where the sealed files go. */
  folder: string
  recipients: readonly string[]
  spread: boolean
  /** Kilobytes of the cluster a second at most; as fast as it goes without it. */
  rate?: number
}

/** What was copied: its span of the log, the sealed files by their names, and its bytes before. */
export type ClusterCopy = { span: BaseSpan; files: Record<string, Sealed>; unpacked: number }

/** Who follows the work, and may end it. */
export type Following = { progress?: BaseProgress | undefined; signal?: AbortSignal | undefined }

export type CopyCluster = (order: ClusterOrder, following: Following) => Promise<ClusterCopy>

/** Copies a running cluster into sealed files. */
export const copyCluster: CopyCluster = async (
  { login, folder, recipients, spread, rate },
  { progress, signal },
) => {
  const writing: Promise<void>[] = []
  const files: Record<string, Sealed> = {}
  let unpacked = 0
  const span = await streamBase(login, {
    label: 'zhuravl',
    spread,
    rate,
    signal,
    progress: (done, of) => {
      unpacked = done
      progress?.(done, of)
    },
    open: ({ kind, stream }) => {
      const file = kind === 'files' ? FILES : MANIFEST
      const sealed = seal(stream, join(folder, file), recipients).then(
        (result) => {
          files[file] = result
        },
        (error: unknown) => {
          stream.destroy()
          throw error
        },
      )
      sealed.catch(() => undefined)
      writing.push(sealed)
    },
  }).catch(async (error: unknown) => {
    // The reason may be that nothing could be written, which says more than a stream that broke.
    for (const result of await Promise.allSettled(writing))
      if (result.status === 'rejected' && 'code' in (result.reason as object)) throw result.reason
    throw error
  })
  await Promise.all(writing)
  if (!files[FILES] || !files[MANIFEST]) throw new BackupRefused('copy-failed')
  return { span, files, unpacked }
}
