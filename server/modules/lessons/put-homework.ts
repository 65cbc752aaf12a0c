import type { HomeworkView, PutHomework } from '#contract/lessons.ts'
import type { Call } from '#platform/call.ts'
import { NotFound, Refused } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { enter } from './entry.ts'
import { saveHomework } from './saves.sql.ts'
import { type HomeworkScene, readHomeworkScene } from './scene.sql.ts'

/** Writes the homework of a lesson (4.3); no text says on purpose that none was set. Refused as a record is. */
export async function putHomework(
  call: Call,
  lessonId: string,
  sent: PutHomework,
  admitted = false,
): Promise<HomeworkView> {
  const scene = await readHomeworkScene(call, lessonId)
  if (!scene) throw new NotFound()
  const before = scene.entered_on && { enteredOn: scene.entered_on, empty: false }
  const entry = enter(scene, before, sent.lateReason, call, admitted)
  if (sent.version !== scene.version) throw conflict(scene)
  const { text, version } = sent
  const minutes = text === null ? null : sent.minutes
  if (version > 0 && text === scene.text && minutes === scene.minutes) return standing(scene)
  const homework = { id: newId(call.now.getTime()), text, minutes, version }
  if ((await saveHomework(call, lessonId, entry, homework)) === 0) throw conflict(scene)
  return {
    text,
    minutes,
    version: version + 1,
    late: entry.kind === 'correction' ? scene.late : entry.kind === 'late',
  }
}

const conflict = (scene: HomeworkScene): Refused =>
  new Refused('version-conflict', { currentRecord: standing(scene) })

const standing = ({ text, minutes, version, late }: HomeworkScene): HomeworkView => ({
  text,
  minutes,
  version,
  late,
})
