import type { LessonRecordView, PutRecord } from '#contract/lessons.ts'
import type { StandingEntry } from '#domain/lessons/entry.ts'
import type { Call } from '#platform/call.ts'
import { NotFound, Refused } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { enter } from './entry.ts'
import { saveRecord } from './saves.sql.ts'
import { type RecordScene, readRecordScene } from './scene.sql.ts'

/**
 * Writes topic and comment of a lesson and with them who taught it (4.3, 4.4). Refused outside the window, or
 * with `version-conflict` and the record as it stands when somebody else was first. `admitted`: let in although the window is closed.
 */
export async function putRecord(
  call: Call,
  lessonId: string,
  sent: PutRecord,
  admitted = false,
): Promise<LessonRecordView> {
  const scene = await readRecordScene(call, lessonId, sent.planItemId)
  if (!scene?.in_plan) throw new NotFound()
  const entry = enter(scene, standingEntry(scene, sent), sent.lateReason, call, admitted)
  if (sent.version !== scene.version) throw conflict(scene)
  const comment = sent.comment || null
  const same =
    sent.topic === scene.topic && sent.planItemId === scene.plan_item_id && comment === scene.comment
  if (same) return standing(scene)
  const { topic, planItemId, version } = sent
  const taughtBy = scene.substitute_id ?? scene.teacher_id
  const record = { id: newId(call.now.getTime()), topic, planItemId, comment, taughtBy, version }
  if ((await saveRecord(call, lessonId, entry, record)) === 0) throw conflict(scene)
  return {
    topic,
    planItemId,
    comment,
    version: version + 1,
    taughtBy: scene.substitute ?? scene.teacher,
    ...(entry.kind === 'correction'
      ? { ...momentsOf(scene), enteredBy: null, correctedAt: call.now.toISOString(), correctedBy: scene.me }
      : {
          late: entry.kind === 'late',
          enteredAt: call.now.toISOString(),
          enteredBy: scene.me,
          correctedAt: null,
          correctedBy: null,
        }),
  }
}

// A record without a topic is no record of the lesson yet: the topic that comes later is late.
const standingEntry = ({ entered_on, topic }: RecordScene, sent: PutRecord): StandingEntry | null =>
  entered_on && { enteredOn: entered_on, empty: topic === null && sent.topic !== null }

const momentsOf = ({ late, entered_at, corrected_at }: RecordScene) => ({
  late,
  enteredAt: entered_at?.toISOString() ?? null,
  correctedAt: corrected_at?.toISOString() ?? null,
})

const conflict = (scene: RecordScene): Refused =>
  new Refused('version-conflict', { currentRecord: standing(scene) })

const standing = (scene: RecordScene): LessonRecordView => ({
  topic: scene.topic,
  planItemId: scene.plan_item_id,
  comment: scene.comment,
  version: scene.version,
  taughtBy: scene.version > 0 ? (scene.substitute ?? scene.teacher) : null,
  ...momentsOf(scene),
  enteredBy: null,
  correctedBy: null,
})
