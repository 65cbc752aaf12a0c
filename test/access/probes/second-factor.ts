import type { Probe, Target } from '../probe.ts'
import { ACTORS, type Actor } from '../stage.ts'

/** The second factor is for everybody but those who are family alone. */
const FAMILY_ONLY: readonly Actor[] = [
  'anna',
  'boris',
  'galina',
  'former',
  'motherOfAnna',
  'motherOfGalina',
  'motherOfFormer',
  'formerGuardian',
]
const staff = ACTORS.filter((who) => !FAMILY_ONLY.includes(who))

const own = (ask: Target['ask'], rest: Partial<Target> = {}): Probe => ({
  targets: { own: { ask, may: staff, ...rest } },
})
// Nobody of the stage has one: a code is right for nobody, and its own tests say what it opens.
const wrong = { neverSucceeds: true }

export const secondFactorProbes: Record<string, Probe> = {
  'second-factor.read': own({}),
  'second-factor.draft': own({}),
  'second-factor.set-up': own({ body: { draft: 'x'.repeat(100), code: '123456' } }, wrong),
  'second-factor.remove': own({ body: { code: '123456' } }, wrong),
  'second-factor.renew-codes': own({ body: { code: '123456' } }, wrong),
  'second-factor.confirm': own({ body: { code: '123456' } }, wrong),
}
