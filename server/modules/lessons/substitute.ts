import type { SubstitutionView } from '#contract/lessons.ts'
import type { ClaimSubstitution, PutSubstitution } from '#contract/substitutions.ts'
import { lessonState } from '#domain/lessons/entry.ts'
import { claimRefusal, sameHourRefusal, substitutionRefusal } from '#domain/lessons/substitution.ts'
import type { Call } from '#platform/call.ts'
import { NotFound, Refused } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import {
  readClaimScene,
  readSameHour,
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
  const { substituteId, reason, version, merged = false } = sent
  const scene = await readSubstitutionScene(call, lessonId, substituteId)
  if (!scene || (substituteId !== null && scene.wanted === null)) throw new NotFound()
  const by = call.reach.has('organization') ? 'control' : 'teacher'
  const refusal = substitutionRefusal(sceneOf(scene, call), substituteId, by)
  if (refusal) throw new Refused(refusal)
  if (version !== scene.version) throw conflict(scene)
  const same = substituteId === scene.substitute_id && reason === scene.reason && merged === scene.merged
  if (same) return standing(scene)
  const both = await hourOf(call, scene, lessonId, substituteId, merged)
  await save(call, scene, { lessonId, substituteId, reason, merged: both, action: 'lesson.put-substitution' })
  return { substituteId, name: substituteId && scene.wanted, reason, merged: both, version: version + 1 }
}

/**
 * «I taught this lesson»: takes a lesson of today that nobody has recorded or taken (4.4). Whoever has another lesson at
 * that hour says why both were taught together.
 */
export async function claimSubstitution(
  call: Call,
  lessonId: string,
  sent: ClaimSubstitution,
): Promise<SubstitutionView> {
  const scene = await readClaimScene(call, lessonId)
  if (!scene) throw new NotFound()
  const me = call.actor.personId
  const refusal = claimRefusal({ ...sceneOf(scene, call), recorded: scene.recorded, begun: scene.begun }, me)
  if (refusal) throw new Refused(refusal)
  if (scene.substitute_id === me) return standing(scene)
  const both = await hourOf(call, scene, lessonId, me, sent !== undefined)
  const reason = both ? (sent?.mergedBecause ?? null) : null
  await save(call, scene, {
    lessonId,
    substituteId: me,
    reason,
    merged: both,
    action: 'lesson.claim-substitution',
  })
  return { substituteId: me, name: scene.wanted, reason, merged: both, version: scene.version + 1 }
}

/** Whether two lessons are taught together from now on. */
async function hourOf(
  call: Call,
  scene: SubstitutionScene,
  lessonId: string,
  wanted: string | null,
  merged: boolean,
): Promise<boolean> {
  const others = await readSameHour(call, lessonId, wanted ?? scene.teacher_id)
  const refusal = sameHourRefusal(others, wanted, merged)
  const sameHour = others.map(({ startsAt, subject, group }) => ({ startsAt, subject, group }))
  if (refusal) throw new Refused(refusal, { sameHour })
  return wanted !== null && others.length > 0
}

type Change = {
  lessonId: string
  substituteId: string | null
  reason: string | null
  merged: boolean
  action: string
}

async function save(call: Call, scene: SubstitutionScene, change: Change): Promise<void> {
  const taughtBy = change.substituteId ?? scene.teacher_id
  const row = { ...change, id: newId(call.now.getTime()), version: scene.version, taughtBy }
  const saved = await saveSubstitution(call, row)
  // Named for another lesson of that hour by somebody else just now.
  if (saved === 'taught-elsewhere') throw new Refused('substitute-busy')
  if (saved === 0) throw conflict(scene)
}

const sceneOf = (scene: SubstitutionScene, { today }: Call) => ({
  teacherId: scene.teacher_id,
  substituteId: scene.substitute_id,
  state: lessonState(
    { heldOn: scene.held_on, windowDays: scene.window_days, windowOpened: scene.opened },
    today,
  ),
})

const standing = ({
  substitute_id,
  substitute,
  reason,
  merged,
  version,
}: SubstitutionScene): SubstitutionView => ({
  substituteId: substitute_id,
  name: substitute,
  reason,
  merged,
  version,
})

const conflict = (scene: SubstitutionScene): Refused =>
  new Refused('version-conflict', { currentRecord: standing(scene) })
