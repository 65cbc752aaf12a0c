import type { Probe, Target } from '../probe.ts'
import { ADMINS, FAMILY_ONLY, FOREIGN } from '../rights.ts'
import { ACTORS, ids, type Stage } from '../stage.ts'

/** The second factor is for everybody but those who are family alone. */
const staff = ACTORS.filter((who) => !FAMILY_ONLY.includes(who))

const own = (ask: Target['ask'], rest: Partial<Target> = {}): Probe => ({
  targets: { own: { ask, may: staff, ...rest } },
})
/** A request about somebody who has a second factor to lose. */
const aboutHolder = (personId: string) => async (stage: Stage) => {
  await stage.database.owner.query(
    `insert into second_factor (organization_id, account_id, sealed_secret, since, last_step)
     select organization_id, id, '\\x01', '2026-11-01', 1 from account where person_id = $1 on conflict do nothing`,
    [personId],
  )
  return { params: { personId }, body: {} }
}

// Nobody of the stage has one: a code is right for nobody, and its own tests say what it opens.
const wrong = { neverSucceeds: true }

export const secondFactorProbes: Record<string, Probe> = {
  'second-factor.read': own({}),
  'second-factor.draft': own({}),
  'second-factor.set-up': own({ body: { draft: 'x'.repeat(100), code: '123456' } }, wrong),
  'second-factor.remove': own({ body: { code: '123456' } }, wrong),
  'second-factor.renew-codes': own({ body: { code: '123456' } }, wrong),
  'second-factor.confirm': own({ body: { code: '123456' } }, wrong),
  'second-factor.ask-reset': {
    targets: {
      staff: { ask: aboutHolder(ids.carer), may: ADMINS },
      foreign: { ask: aboutHolder(ids.foreign.guardian), may: FOREIGN },
    },
    nothing: { params: { personId: ids.nothing }, body: {} },
  },
}
