import process from 'node:process'
import { createInterface } from 'node:readline'
import { PAPER_LENGTH } from '#domain/backups/paper-words.ts'
import { paperRefusalText } from '#domain/backups/paper-words.words.ts'
import type { Keeper } from '#platform/backup/keeper.ts'
import { type AgeKey, newPaperKey, paperIdentityOf } from '#platform/backup/paper-key.ts'
import { PAPER, paperLines } from './backup.words.ts'

/** Shows a new key once and takes it when it is typed back; the copy that follows is sealed to it. */
export async function makePaper(keeper: Keeper): Promise<boolean> {
  const { words, identity, recipient } = await newPaperKey()
  console.log(paperLines(words, identity).join('\n'))
  const typed = await typedKey()
  const isSame = typed.recipient === recipient
  if (isSame) await keeper.acceptPaperKey(recipient)
  console.log(isSame ? PAPER.accepted : PAPER.another)
  return isSame
}

/** Has the words typed back from the paper that was made earlier; 1 when they are others, or there are none. */
export async function provePaper(keeper: Keeper): Promise<number> {
  const standing = keeper.paperRecipient()
  console.log(standing === null ? PAPER.none : PAPER.ask)
  if (standing === null) return 1
  const { recipient } = await typedKey()
  const isSame = recipient === standing
  if (isSame) await keeper.acceptPaperKey(recipient)
  console.log(isSame ? PAPER.proved : PAPER.another)
  return isSame ? 0 : 1
}

/** The words as typed into the terminal: never in the command line, which the shell remembers. */
export async function typedKey(): Promise<AgeKey> {
  const lines = createInterface({ input: process.stdin })
  let text = ''
  try {
    for await (const line of lines) {
      text += `${line}\n`
      const read = await paperIdentityOf(text)
      if (!('refused' in read)) return read
      // Twelve words may come a line each; what is wrong with them is said once they are all there.
      if (read.refused !== 'paper-word-count' || read.count >= PAPER_LENGTH)
        throw new Error(paperRefusalText(read))
    }
    throw new Error(PAPER.unfinished)
  } finally {
    lines.close()
  }
}
