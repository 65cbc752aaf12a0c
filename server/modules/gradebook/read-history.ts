import type { CellHistory } from '#contract/gradebook.ts'
import type { Call } from '#platform/call.ts'
import { NotFound } from '#platform/errors.ts'
import { noteUsage } from '#platform/usage.ts'
import { type CellPlace, readCellHistory } from './cells.sql.ts'

/** Every value a cell has held, who gave it and when: nothing is ever overwritten. */
export async function readHistory(call: Call, place: CellPlace): Promise<CellHistory> {
  const versions = await readCellHistory(call, place)
  if (versions.length === 0) throw new NotFound()
  const { lessonId: subjectId, studentId } = place
  const own = !call.reach.has('organization')
  noteUsage(call, { kind: 'read', resource: 'cell', subjectId, children: [studentId], own })
  return {
    versions: versions
      .filter(({ version }) => version !== null)
      .map(({ at, takenBackFrom, ...version }) => ({
        ...version,
        at: at.toISOString(),
        takenBackFrom: takenBackFrom?.toISOString() ?? null,
      })),
  }
}
