import { isThere, rootIn } from './folder.ts'
import { folderBeside, type Remembered, remember, remembered } from './settings.ts'

/** What an installation remembers of its backups while it runs. */
export type BackupMemory = {
  current: () => Remembered
  change: (part: Partial<Remembered>) => void
  /** The folder that was chosen, and the installation's own inside it. */
  folder: () => string
  root: () => string
  isThere: () => Promise<boolean>
  recipients: () => string[]
}

/** Reads it from the data folder; sealed is for the server's own key and the one on paper. */
export function openMemory(dataDir: string, ownRecipient: string): BackupMemory {
  let memory = remembered(dataDir)
  const folder = () => memory.folder ?? folderBeside(dataDir)
  const root = () => rootIn(folder(), memory.installation)
  return {
    current: () => memory,
    change: (part) => {
      memory = { ...memory, ...part }
      remember(dataDir, memory)
    },
    folder,
    root,
    isThere: () => isThere(root(), memory.installation),
    recipients: () => [ownRecipient, ...(memory.paper ? [memory.paper.recipient] : [])],
  }
}
