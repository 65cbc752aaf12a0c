import { nameKey } from '../people/name-key.ts'

/**
 * What a journal or lesson is called by its subject and its group: «Физика, 7А»; «Керамика, гр. 1» and «Шахматы»
 * where the group already bears the name of what it learns.
 */
export function journalTitle(subject: string, group: string): string {
  const [learned, learners] = [nameKey(subject), nameKey(group)]
  if (learners === '') return subject
  return learners === learned || learners.startsWith(`${learned} `) ? group : `${subject}, ${group}`
}
