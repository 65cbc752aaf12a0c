import type { ReactNode } from 'react'
import type { Approval } from '#contract/approvals.ts'
import { CardHead } from '#ui/cards.tsx'
import { Card, Row, Soft } from '#ui/layout.tsx'
import { Badge, type Tone } from '#ui/notice.tsx'
import { moment } from '#web/formats.ts'
import { kindTitles, spanText } from './approval-words.ts'
import styles from './approvals.module.css'

const states: Record<Approval['state'], { text: string; tone: Tone }> = {
  waiting: { text: 'ждёт', tone: 'warn' },
  confirmed: { text: 'подтверждён', tone: 'good' },
  declined: { text: 'отклонён', tone: 'error' },
  withdrawn: { text: 'отозван', tone: 'info' },
  expired: { text: 'срок прошёл', tone: 'info' },
}

/** One request: about whom, what, who asked, who may decide or has decided. */
export function ApprovalCard({ approval, children }: { approval: Approval; children: ReactNode }) {
  const { person, position, kind, state, asker, askedAt, expiresAt, decision, number } = approval
  return (
    <Card>
      <CardHead>
        <h2>{person}</h2>
        <Badge tone={states[state].tone}>{states[state].text}</Badge>
      </CardHead>
      {position && <Soft>{position}</Soft>}
      <p>
        <b>{kindTitles[kind]}</b>
        {approval.login && `: ${approval.login}`}
      </p>
      <Change approval={approval} />
      <p>
        <Soft>
          Запрос № {number}. Просит {asker}, {moment(askedAt)}
          {state === 'waiting' && `; ждёт до ${moment(expiresAt)}`}
        </Soft>
      </p>
      {decision && (
        <p>
          <Soft>
            {states[state].text}: {decision.by ?? 'с консоли сервера'}, {moment(decision.at)}
            {decision.reason && `. Причина: ${decision.reason}`}
          </Soft>
        </p>
      )}
      {state === 'waiting' && !approval.mayDecide && <Approvers approval={approval} />}
      <Row>{children}</Row>
    </Card>
  )
}

/** Roles as they stand and as they shall be, and what confirming does beyond them. */
export function Change({ approval: { kind, before, after, renews } }: { approval: Approval }) {
  if (kind !== 'roles') return null
  return (
    <>
      <dl className={styles.change}>
        <dt>Сейчас</dt>
        <dd>{before.length > 0 ? before.map(spanText).join('; ') : 'особых ролей нет'}</dd>
        <dt>Станет</dt>
        <dd>{after.length > 0 ? after.map(spanText).join('; ') : 'особых ролей не будет'}</dd>
      </dl>
      {renews && (
        <p>
          Прежний пароль этого человека перестанет подходить: новый первый пароль получит тот, кто подтвердит,
          и передаст лично.
        </p>
      )}
    </>
  )
}

function Approvers({ approval: { approvers, number } }: { approval: Approval }) {
  if (approvers.length > 0) return <p>Подтверждает: {approvers.join(' или ')}.</p>
  return (
    <p>
      Подтвердить некому: кроме вас, особой роли с доступом ни у кого нет. На компьютере, где запущен журнал,
      выполните <code>npm run rescue -- confirm {number}</code>.
    </p>
  )
}
