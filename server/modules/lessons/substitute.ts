import type { SubstitutionView } from '#contract/lessons.ts'
import type { PutSubstitution } from '#contract/substitutions.ts'
import { lessonState } from '#domain/lessons/entry.ts'
import { claimRefusal, substitutionRefusal } from '#domain/lessons/substitution.ts'
import type { Call } from '#platform/call.ts'
import { NotFound, Refused } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import {
  readClaimScene,
  readSubstitutionScene,
  type SubstitutionScene,
  saveSubstitution,
} from './substitutions.sql.ts'

/**
 * Says who teaches a lesson instead of its teacher (4.4), or that nobody does. Refused past the window to the
 * teacher, but not to control; `version-conflict` brings the substitution as it stands.
 */
export async function putSubstitution(
  call: Call,
  lessonId: string,
  sent: PutSubstitution,
): Promise<SubstitutionView> {
  const { substituteId, reason, version } = sent
  const scene = await readSubstitutionScene(call, lessonId, substituteId)
  if (!scene || (substituteId !== null && scene.wanted === null)) throw new NotFound()
  const by = call.reach.has('organization') ? 'control' : 'teacher'
  const refusal = substitutionRefusal(sceneOf(scene, call), substituteId, by)
  if (refusal) throw new Refused(refusal)
  if (version !== scene.version) throw conflict(scene)
  if (substituteId === scene.substitute_id && reason === scene.reason) return standing(scene)
  await save(call, scene, { lessonId, substituteId, reason, action: 'lesson.put-substitution' })
  return { substituteId, name: substituteId && scene.wanted, reason, version: version + 1 }
}

/** «I taught this lesson»: takes a lesson of today that nobody has recorded or taken (4.4). */
export async function claimSubstitution(call: Call, lessonId: string): Promise<SubstitutionView> {
  const scene = await readClaimScene(call, lessonId)
  if (!scene) throw new NotFound()
  const me = call.actor.personId
  const refusal = claimRefusal({ ...sceneOf(scene, call), recorded: scene.recorded, begun: scene.begun }, me)
  if (refusal) throw new Refused(refusal)
  if (scene.substitute_id === me) return standing(scene)
  await save(call, scene, { lessonId, substituteId: me, reason: null, action: 'lesson.claim-substitution' })
  return { substituteId: me, name: scene.wanted, reason: null, version: scene.version + 1 }
}

type Change = { lessonId: string; substituteId: string | null; reason: string | null; action: string }

async function save(call: Call, scene: SubstitutionScene, change: Change): Promise<void> {
  const taughtBy = change.substituteId ?? scene.teacher_id
  const row = { ...change, id: newId(call.now.getTime()), version: scene.version, taughtBy }
  if ((await saveSubstitution(call, row)) === 0) throw conflict(scene)
}

const sceneOf = (scene: SubstitutionScene, { today }: Call) => ({
  teacherId: scene.teacher_id,
  substituteId: scene.substitute_id,
  state: lessonState(
    { heldOn: scene.held_on, windowDays: scene.window_days, windowOpened: scene.opened },
    today,
  ),
})

const standing = ({ substitute_id, substitute, reason, version }: SubstitutionScene): SubstitutionView => ({
  substituteId: substitute_id,
  name: substitute,
  reason,
  version,
})

const conflict = (scene: SubstitutionScene): Refused =>
  new Refused('version-conflict', { currentRecord: standing(scene) })
