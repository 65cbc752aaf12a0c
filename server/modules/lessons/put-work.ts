import type { PutWork, SavedWork } from '#contract/lessons.ts'
import { workRefusal } from '#domain/lessons/work.ts'
import type { Call } from '#platform/call.ts'
import { NotFound, Refused } from '#platform/errors.ts'
import { enter } from './entry.ts'
import { saveWork } from './saves.sql.ts'
import { readWorkScene, type WorkScene } from './scene.sql.ts'

export type WorkPlace = { lessonId: string; workId: string }

/**
 * Makes, changes or removes a work of a lesson. The first work, whose id is the lesson's, stays; a work with
 * marks is not removed. Refused otherwise as any entry of the lesson is.
 */
export async function putWork(call: Call, place: WorkPlace, sent: PutWork): Promise<SavedWork> {
  const scene = await readWorkScene(call, place.lessonId, place.workId, sent.typeId)
  if (!scene || !isThere(scene, sent)) throw new NotFound()
  // A column of the lesson stands since its day; one that is added later comes late.
  const before = scene.work && { enteredOn: scene.held_on, empty: false }
  const entry = enter(scene, before, sent.lateReason, call)
  const { gradeless, work } = scene
  const first = place.workId === place.lessonId
  const refusal = workRefusal({ gradeless, first, marks: work?.marks ?? 0 }, sent)
  if (refusal) throw new Refused(refusal)
  if (sent.version !== (work?.version ?? 0)) throw conflict(scene, place)
  if (work && isSame(work, sent)) return savedWork(place, sent, scene, work.version)
  const { typeId, title, weight, removed, version } = sent
  const saved = { id: place.workId, typeId, title, weight, removed, version, position: scene.position }
  if ((await saveWork(call, place.lessonId, entry, saved)) === 0) throw conflict(scene, place)
  return savedWork(place, sent, scene, version + 1)
}

// An archived type is kept where it stands and offered for nothing new.
const isThere = ({ type, work, elsewhere }: WorkScene, { typeId }: PutWork): boolean =>
  type !== null && !elsewhere && (!type.archived || work?.typeId === typeId)

type Wanted = Pick<PutWork, 'typeId' | 'title' | 'weight' | 'removed'>

const isSame = (one: Wanted, other: Wanted): boolean =>
  one.typeId === other.typeId &&
  one.title === other.title &&
  one.weight === other.weight &&
  one.removed === other.removed

const savedWork = (
  { workId }: WorkPlace,
  { typeId, title, weight, removed }: Wanted,
  { type }: WorkScene,
  version: number,
): SavedWork => ({
  id: workId,
  typeId,
  short: type?.short ?? '',
  name: type?.name ?? '',
  title,
  weight,
  version,
  removed,
})

function conflict({ work }: WorkScene, { workId }: WorkPlace): Refused {
  const { marks: _, ...standing } = work ?? { marks: 0, version: 0, removed: true }
  return new Refused('version-conflict', { currentRecord: { id: workId, ...standing } })
}
