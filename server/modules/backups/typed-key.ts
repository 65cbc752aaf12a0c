import { paperRefusalText } from '#domain/backups/paper-words.words.ts'
import { paperIdentityOf } from '#platform/backup/paper-key.ts'
import { Refused } from '#platform/errors.ts'

/** The key whose words were typed, none for null; refused at `words` when they are no key, with the word that is wrong. */
export async function typedKey(words: string | null): Promise<string[]> {
  if (words === null) return []
  const key = await paperIdentityOf(words)
  if ('refused' in key)
    throw new Refused(key.refused, { faults: [{ path: 'words', message: paperRefusalText(key) }] })
  return [key.identity]
}
