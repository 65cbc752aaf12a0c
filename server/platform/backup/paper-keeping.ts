import type { Backups } from './backups.ts'
import type { BackupMemory } from './memory.ts'
import { newPaperKey } from './paper-key.ts'

type PaperKeeping = Pick<Backups, 'offerPaperKey' | 'provePaperKey' | 'acceptPaperKey' | 'paperRecipient'>

const HOUR_MS = 3_600_000

/** Keys on paper as a keeper takes them; `begin` begins a copy, which is sealed to the key that stands. */
export function createPaperKeeping(memory: BackupMemory, clock: () => Date, begin: () => void): PaperKeeping {
  // What nobody has typed back yet: recipients only, and no longer than this process.
  const offers = new Map<string, { recipient: string; until: number }>()
  const standing = () => memory.current().paper?.recipient ?? null
  const accept = (recipient: string) => {
    const paper = { recipient, provenAt: clock().toISOString() }
    memory.change({ paper, ...(recipient !== standing() && { wantsCopy: true }) })
  }
  const isOffered = (personId: string, recipient: string): boolean => {
    const offer = offers.get(personId)
    return offer?.recipient === recipient && clock().getTime() <= offer.until
  }
  return {
    offerPaperKey: async (personId) => {
      const { words, identity, recipient } = await newPaperKey()
      offers.set(personId, { recipient, until: clock().getTime() + HOUR_MS })
      return { words, identity }
    },
    provePaperKey: (personId, recipient) => {
      const stands = recipient === standing()
      if (!stands && !isOffered(personId, recipient)) return false
      accept(recipient)
      if (stands) return true
      // Another's, typed back later, would make waste of this paper without a word to whoever has just put it away.
      offers.clear()
      begin()
      return true
    },
    acceptPaperKey: async (recipient) => accept(recipient),
    paperRecipient: standing,
  }
}
