import { afterAll, beforeAll, expect, test } from 'vitest'
import { Problem } from '#contract/problem.ts'
import { ROLES } from '#domain/access/access.ts'
import type { Operation } from '#platform/operation.ts'
import { operations } from '../../server/operations.ts'
import { checksum } from './checksum.ts'
import { FOREIGN_WORD } from './other-school.ts'
import { type Ask, askOf, type Probe, type Target } from './probe.ts'
import { probes } from './probes.ts'
import { NEVER_SHOWN } from './rights.ts'
import { type Answered, appearance, send } from './send.ts'
import { ACTORS, type Actor, CANARY, createTemplate, openStage, type Stage } from './stage.ts'

let template: Awaited<ReturnType<typeof createTemplate>>
beforeAll(async () => {
  template = await createTemplate()
})
afterAll(() => template.drop())

const AT_ONCE = 8
async function inTurns<T>(items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items]
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

/** What the log, the answer and its errors may never repeat. */
const SECRETS = [CANARY, 'token-of-', 'Абрамова', 'Саркисов', 'Белозерская', 'motherofanna', FOREIGN_WORD]

type Scene = { stage: Stage; operation: Operation; probe: Probe; wrong: string[] }
type Asked = { name: string; target: Target; ask: Ask; who: Actor }

function judge({ operation, wrong }: Scene, { name, who }: Asked, verdict: string | null): void {
  if (verdict) wrong.push(`${operation.id} · ${name} · ${who}: ${verdict}`)
}

function shownTooMuch(who: Actor, { text }: Answered): string | null {
  const others = who === 'otherSchoolTeacher' ? ['Сосновый', 'Абрамова', 'Саркисов'] : [FOREIGN_WORD]
  const found = [...others, ...(NEVER_SHOWN[who] ?? [])].find((word) => text.includes(word))
  return found ? `was shown «${found}»` : null
}

async function asksOf(
  { stage, probe }: Scene,
  named: (target: Target) => readonly Actor[],
): Promise<Asked[]> {
  const asked: Asked[] = []
  for (const [name, target] of Object.entries(probe.targets))
    for (const who of named(target)) asked.push({ name, target, who, ask: await askOf(stage, target) })
  return asked
}

async function tryDenied(scene: Scene): Promise<void> {
  const { stage, operation, probe } = scene
  if (probe.open) return
  const asks = await asksOf(scene, ({ may }) => ACTORS.filter((who) => !may.includes(who)))
  const before = await checksum(stage.database)
  const unknown = await send(stage, { ...operation, path: '/api/nothing-here', stream: false }, 'deputy', {})
  await inTurns(asks, async (asked) => {
    const answer = await send(stage, operation, asked.who, asked.ask)
    const same = appearance(answer) === appearance(unknown)
    judge(scene, asked, same ? null : `${answer.status}, which is not as if it did not exist`)
  })
  await tryNothing(scene, appearance(unknown))
  expect(await checksum(stage.database), 'a denied request changed something').toEqual(before)
}

async function tryNothing(scene: Scene, notFound: string): Promise<void> {
  const ask = scene.probe.nothing
  if (!ask) return
  const able = new Set(Object.values(scene.probe.targets).flatMap(({ may }) => may))
  await inTurns([...able], async (who) => {
    const answer = await send(scene.stage, scene.operation, who, ask)
    const verdict = appearance(answer) === notFound ? null : `${answer.status} for what does not exist`
    judge(scene, { name: 'nothing', who, ask, target: { ask, may: [] } }, verdict)
  })
}

const LOCKED_OUT: Record<string, [number, string]> = {
  nobody: [401, 'signed-out'],
  disabled: [401, 'signed-out'],
  expired: [401, 'signed-out'],
  ended: [401, 'signed-out'],
  // Without a role in force today nobody is signed in.
  dismissed: [401, 'signed-out'],
  future: [401, 'signed-out'],
  firstPassword: [409, 'password-change-needed'],
  rulesUnread: [409, 'rules-acceptance-needed'],
}

async function tryLockedOut(scene: Scene): Promise<void> {
  const { stage, operation, probe, wrong } = scene
  const asks = (await asksOf(scene, () => ['teacher'])).slice(0, 1)
  if (probe.open) return
  const before = await checksum(stage.database)
  for (const [who, due] of Object.entries(LOCKED_OUT)) {
    if (probe.beforeAcceptance && due[0] === 409) continue
    for (const { name, ask } of asks) {
      const answer = await send(stage, operation, who === 'nobody' ? null : who, ask)
      const { refusal } = JSON.parse(answer.text || '{}')
      if (answer.status !== due[0] || refusal !== due[1])
        wrong.push(`${operation.id} · ${name} · ${who}: ${answer.status} ${refusal}, not ${due.join(' ')}`)
    }
  }
  expect(await checksum(stage.database), 'somebody locked out changed something').toEqual(before)
}

/** Past the last day to set a required second factor up nothing else is open, and giving rights waits for a code. */
async function trySecondFactor(scene: Scene): Promise<void> {
  const { stage, operation, probe, wrong } = scene
  const ask = (await asksOf(scene, ({ may }) => may.slice(0, 1)))[0]
  if (probe.open || !ask) return
  const refusal = async () => {
    const answer = await send(stage, operation, ask.who, ask.ask)
    return String(JSON.parse(answer.text || '{}').refusal)
  }
  await requireOf(stage, 'all')
  const before = await checksum(stage.database)
  if (!operation.beforeAcceptance && !operation.beforeSecondFactor) {
    const late = await refusal()
    if (late !== 'second-factor-needed') wrong.push(`${operation.id}: ${late} past the last day`)
  }
  expect(await checksum(stage.database), 'somebody who is late changed something').toEqual(before)
  await requireOf(stage, 'nobody')
  if (operation.stepUp !== GIVES_RIGHTS.includes(operation.id))
    wrong.push(`${operation.id}: a code is ${operation.stepUp ? '' : 'not '}asked for`)
  if (!operation.stepUp) return
  await stage.database.owner.query(
    `insert into second_factor (organization_id, account_id, sealed_secret, since, last_step)
     select organization_id, id, '\\x01', '2026-11-01', 1 from account where login = $1`,
    [ask.who.toLowerCase()],
  )
  const unconfirmed = await refusal()
  if (unconfirmed !== 'code-needed') wrong.push(`${operation.id}: ${unconfirmed} without a code`)
  await stage.database.owner.query('delete from second_factor')
}

/** Giving rights, resets, what decides about them, large exports, and where every record is copied to and what opens it, what takes records back; said here and not by the declarations. */
const GIVES_RIGHTS = [
  'accounts.issue',
  'accounts.issue-first-password',
  'accounts.put',
  'accounts.issue-batch',
  'approvals.decide',
  'approvals.take-first-password',
  'audit.export',
  'backups.offer-paper-key',
  'backups.put-folder',
  'backups.restore',
  'people.create',
  'people.put-roles',
  'second-factor.ask-reset',
  'settings.put-second-factor',
]

async function requireOf({ database }: Stage, whom: 'all' | 'nobody'): Promise<void> {
  const roles = whom === 'all' ? Object.fromEntries(ROLES.map((role) => [role, '2026-01-01'])) : {}
  // Past the triggers: the version of the settings is what the probes send.
  await database.owner.query(
    `begin; alter table organization disable trigger user;
     update organization set second_factor_roles = '${JSON.stringify(roles)}';
     alter table organization enable trigger user; commit`,
  )
}

const isBusinessRefusal = ({ status, text }: Answered, { open, beforeAcceptance }: Probe): boolean => {
  // A wrong password is the business of the two operations that ask for one.
  if (status !== 409 && !(status === 401 && (open || beforeAcceptance))) return false
  return Problem.safeParse(JSON.parse(text)).success && !text.includes('"signed-out"')
}

async function tryAllowed(scene: Scene): Promise<void> {
  const { stage, operation, probe } = scene
  const succeeded = new Set<string>()
  for (const asked of await asksOf(scene, ({ may }) => may)) {
    const answer = await send(stage, operation, probe.open ? null : asked.who, asked.ask)
    const good = answer.status >= 200 && answer.status < 300
    if (good) succeeded.add(asked.name)
    const verdict = good || isBusinessRefusal(answer, probe) ? null : `${answer.status} ${answer.text}`
    judge(scene, asked, verdict ?? shownTooMuch(asked.who, answer))
  }
  for (const [name, { may, neverSucceeds }] of Object.entries(probe.targets))
    if (may.length > 0 && !probe.open && !neverSucceeds && !succeeded.has(name))
      scene.wrong.push(`${operation.id} · ${name}: nobody ever succeeded`)
}

test('every operation has a probe and every probe an operation', () => {
  expect(Object.keys(probes).sort()).toEqual(operations.map(({ id }) => id).sort())
})

test.each(operations.map(({ id }) => id))('%s answers exactly those to whom it belongs', async (id) => {
  const operation = operations.find((each) => each.id === id) as Operation
  const probe = probes[id]
  if (!probe) return expect.fail(`no probe for ${id}`)
  const stage = await openStage(template.name)
  const scene: Scene = { stage, operation, probe, wrong: [] }
  try {
    await tryDenied(scene)
    await tryLockedOut(scene)
    await trySecondFactor(scene)
    await tryAllowed(scene)
    expect(scene.wrong).toEqual([])
    const log = stage.log.join('')
    expect(log.length, 'the log was caught').toBeGreaterThan(0)
    expect(SECRETS.filter((word) => log.includes(word))).toEqual([])
    expect(log).not.toMatch(/"level":(50|60)/)
  } finally {
    await stage.close()
  }
})

const grantsOf = ({ access }: Operation) => ('grants' in access ? access.grants : [])
const LESSON_RESOURCES = /mark|lesson|journal|attendance|homework|work|cell|substitution|gradebook/

test('nothing lets a system administrator or a secretary write marks, lessons or attendance', () => {
  const open = operations.filter(
    ({ access }) =>
      access.action === 'write' &&
      access.resource !== 'work-type' &&
      LESSON_RESOURCES.test(access.resource) &&
      grantsOf({ access } as Operation).some(
        ({ roles }) => roles.includes('system-admin') || roles.includes('secretary'),
      ),
  )
  expect(open.map(({ id }) => id)).toEqual([])
})

test('nothing writes history or audit', () => {
  const open = operations.filter(
    ({ access, method }) =>
      /history|audit/.test(access.resource) && (access.action === 'write' || method !== 'GET'),
  )
  expect(open.map(({ id }) => id)).toEqual([])
})

test('what is declared as reading is asked by GET and what writes is not', () => {
  const odd = operations.filter(
    ({ access, method, runPublic }) => !runPublic && (access.action === 'read') !== (method === 'GET'),
  )
  expect(odd.map(({ id }) => id)).toEqual([])
})
