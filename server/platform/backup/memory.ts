import { isThere, rootIn } from './folder.ts'
import { folderBeside, hasMemory, type Remembered, remember, remembered } from './settings.ts'

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
  // A command beside the server may have chosen another folder. Where the data are gone, nothing is begun anew in
  // their place: the restored folder brings its own memory along.
  const current = (): Remembered => {
    if (hasMemory(dataDir)) memory = remembered(dataDir)
    return memory
  }
  const folder = () => current().folder ?? folderBeside(dataDir)
  const root = () => rootIn(folder(), memory.installation)
  return {
    current,
    change: (part) => {
      const isKept = hasMemory(dataDir)
      memory = { ...current(), ...part }
      if (isKept) remember(dataDir, memory)
    },
    folder,
    root,
    isThere: () => isThere(root(), memory.installation),
    recipients: () => [ownRecipient, ...[current().paper?.recipient ?? []].flat()],
  }
}
