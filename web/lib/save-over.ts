import { ApiProblem } from './api.ts'
import { sameValue } from './merge-typed.ts'

type Ways<Saved, Done> = {
  /** What of the record stands in the form that is saved. */
  part: (record: Saved) => unknown
  save: (version: number) => Promise<Done>
  readAgain: () => Promise<Saved>
}

/**
 * Saves a form over its part of a record. Where only another part of the record has gone on meanwhile, by another
 * form of the same page or by somebody else, that is nothing to ask about: it is saved over the record as it is now.
 */
export async function saveOver<Saved extends { version: number }, Done>(
  shown: Saved,
  { part, save, readAgain }: Ways<Saved, Done>,
): Promise<Done> {
  try {
    return await save(shown.version)
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.problem.refusal !== 'version-conflict') throw error
    const now = await readAgain()
    if (now.version === shown.version || !sameValue(part(shown), part(now))) throw error
    return save(now.version)
  }
}
