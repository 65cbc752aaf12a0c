import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'
import type { AccessGiven, AccessSlip, IssueAccount, PutAccount } from '#contract/accounts.ts'
import type { Person, VersionedOrAsked } from '#contract/people.ts'
import { Button } from '#ui/button.tsx'
import { TextField } from '#ui/controls.tsx'
import { Dialog, DialogActions } from '#ui/dialog.tsx'
import { Form, type FormHandle } from '#ui/form.tsx'
import { Card, Row, Stack } from '#ui/layout.tsx'
import { Badge, Notice } from '#ui/notice.tsx'
import { toast } from '#web/announce.ts'
import { ApiProblem, call } from '#web/api.ts'
import { moment } from '#web/formats.ts'
import { sentenceOf } from '#web/query-client.ts'
import { paths } from '../../paths.ts'
import styles from './people.module.css'
import { accountWords } from './people-queries.ts'

type Account = NonNullable<Person['account']>
type Props = { person: Person; writable: boolean; onSlip: (slip: AccessSlip) => void }

/** The personal login and what may be done about it. */
export function AccountCard({ person, writable, onSlip }: Props) {
  return (
    <Card>
      <h2>Доступ в журнал</h2>
      {person.account && <Facts account={person.account} />}
      {!person.account && <p>Логина ещё нет: войти в журнал этот человек не может.</p>}
      <Waiting person={person} />
      {writable && !person.account && <IssueForm person={person} onSlip={onSlip} />}
      {writable && person.account && <Actions person={person} account={person.account} onSlip={onSlip} />}
    </Card>
  )
}

const WAITING_WORDS: Record<Person['requests'][number]['kind'], string> = {
  roles: 'новые роли',
  account: 'логин и первый пароль',
  'first-password': 'новый первый пароль',
  'open-account': 'открытие доступа',
  'close-account': 'закрытие доступа',
  'second-factor': 'снятие второго фактора',
}

/** What of this person waits for a second one, and that it will. */
function Waiting({ person: { guarded, requests } }: { person: Person }) {
  if (requests.length === 0 && !guarded) return null
  return (
    <Notice
      tone={requests.length > 0 ? 'warn' : 'info'}
      title={requests.length > 0 ? 'Ждёт подтверждения' : undefined}
    >
      {requests.length > 0 && <p>{requests.map(({ kind }) => WAITING_WORDS[kind]).join(', ')}.</p>}
      <p>
        {guarded &&
          'У этого человека особая роль, поэтому роли и доступ ему даёт не один человек: запрос подтверждает директор, и первый пароль получает тот, кто подтвердил. '}
        <Link to={paths.approvals}>Открыть подтверждения</Link>
      </p>
    </Notice>
  )
}

function Facts({ account }: { account: Account }) {
  const { tone, text } = accountWords[account.state]
  return (
    <dl className={styles.facts}>
      <dt>Логин</dt>
      <dd>{account.login}</dd>
      <dt>Состояние</dt>
      <dd>
        <Badge tone={tone}>{text}</Badge>
      </dd>
      {account.firstPasswordUntil && (
        <>
          <dt>Первый пароль до</dt>
          <dd>{moment(account.firstPasswordUntil)}</dd>
        </>
      )}
      <dt>Последний вход</dt>
      <dd>{account.lastSignInAt ? moment(account.lastSignInAt) : 'ещё не было'}</dd>
      <dt>Второй фактор</dt>
      <dd>{account.secondFactor ? 'включён' : 'не включён'}</dd>
    </dl>
  )
}

/** Hands the slip on, or says that the access waits for a second person. */
function useIssue(personId: string, path: string, onSlip: (slip: AccessSlip) => void) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: IssueAccount) =>
      call<AccessGiven>('POST', `/api/people/${personId}/${path}`, { body }),
    onSuccess: async (given) => {
      if ('password' in given) onSlip(given)
      else toast('Запрос отправлен: его подтвердит второй человек')
      await cache.invalidateQueries({ queryKey: ['people'] })
    },
  })
}

function IssueForm({ person, onSlip }: Omit<Props, 'writable'>) {
  const handle = useRef<FormHandle>(null)
  const issue = useIssue(person.id, 'account', (slip) => {
    handle.current?.settle()
    onSlip(slip)
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const login = String(new FormData(event.currentTarget).get('login')).trim().toLowerCase()
    // An untouched proposal leaves the number for a namesake to the server.
    if (!issue.isPending) issue.mutate(login === person.proposedLogin ? {} : { login })
  }
  const problem = issue.error instanceof ApiProblem ? issue.error : null
  return (
    <Form what="логин" handle={handle} onSubmit={submit}>
      <Stack>
        <TextField
          label="Логин"
          name="login"
          required
          minLength={3}
          maxLength={63}
          pattern="[a-zA-Z0-9][a-zA-Z0-9._\-]*"
          title="Латинские буквы, цифры, точка и чёрточка"
          hint="Латинские буквы, цифры, точка, чёрточка. Если занят тёзкой, добавится номер."
          defaultValue={person.proposedLogin}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={problem?.faultOf('login')}
        />
        {problem && !problem.faultOf('login') && <Notice tone="error">{sentenceOf(problem)}</Notice>}
        <Row>
          <Button type="submit" variant="primary" busy={issue.isPending}>
            {person.guarded ? 'Попросить логин и первый пароль' : 'Выдать логин и первый пароль'}
          </Button>
        </Row>
      </Stack>
    </Form>
  )
}

type Question = 'password' | 'close' | 'second-factor'

function Actions({ person, account, onSlip }: { account: Account } & Omit<Props, 'writable'>) {
  const cache = useQueryClient()
  const [question, setQuestion] = useState<Question | null>(null)
  const renew = useIssue(person.id, 'account/first-password', onSlip)
  const put = useMutation({
    mutationFn: (body: PutAccount) =>
      call<VersionedOrAsked>('PUT', `/api/people/${person.id}/account`, { body }),
    onSuccess: async ({ request }, { disabled }) => {
      if (request) toast('Запрос отправлен: его подтвердит второй человек')
      else toast(disabled ? 'Доступ закрыт, все входы завершены' : 'Доступ открыт')
      await cache.invalidateQueries({ queryKey: ['people'] })
    },
  })
  const reset = useMutation({
    mutationFn: () => call('POST', `/api/people/${person.id}/account/second-factor-reset`, { body: {} }),
    onSuccess: async () => {
      toast('Запрос отправлен: его подтвердит второй человек')
      await cache.invalidateQueries({ queryKey: ['people'] })
    },
  })
  const disabled = account.state === 'disabled'
  const setDisabled = (next: boolean) => put.mutate({ disabled: next, version: account.version })
  const failure = renew.error ?? put.error ?? reset.error
  const confirm = () => {
    setQuestion(null)
    if (question === 'password') renew.mutate({})
    else if (question === 'second-factor') reset.mutate()
    else setDisabled(true)
  }
  return (
    <Stack>
      {failure && <Notice tone="error">{sentenceOf(failure)}</Notice>}
      <Row>
        {!disabled && (
          <Button busy={renew.isPending} onClick={() => setQuestion('password')}>
            {person.guarded ? 'Попросить новый первый пароль' : 'Выдать новый первый пароль'}
          </Button>
        )}
        {disabled ? (
          <Button busy={put.isPending} onClick={() => setDisabled(false)}>
            Открыть доступ
          </Button>
        ) : (
          <Button busy={put.isPending} onClick={() => setQuestion('close')}>
            Закрыть доступ
          </Button>
        )}
        {account.secondFactor && (
          <Button busy={reset.isPending} onClick={() => setQuestion('second-factor')}>
            Попросить снять второй фактор
          </Button>
        )}
      </Row>
      {question && (
        <AskDialog
          words={questionWords(question, person)}
          onClose={() => setQuestion(null)}
          onConfirm={confirm}
        />
      )}
    </Stack>
  )
}

type AskWords = { title: string; text: string; button: string; variant: 'primary' | 'danger' }

function questionWords(question: Question, { guarded }: Person): AskWords {
  if (question === 'close')
    return {
      title: 'Закрыть доступ?',
      text: 'Все входы этого человека завершатся сразу, и войти снова он не сможет. Записи останутся.',
      button: 'Закрыть доступ',
      variant: 'danger',
    }
  if (question === 'second-factor')
    return {
      title: 'Попросить снять второй фактор?',
      text: 'Это нужно, если потеряны и телефон, и резервные коды. Когда второй человек подтвердит, все входы завершатся и войти можно будет с одним паролем. Убедитесь, что просит сам владелец.',
      button: 'Попросить',
      variant: 'primary',
    }
  if (guarded)
    return {
      title: 'Попросить новый первый пароль?',
      text: 'Запрос подтвердит второй человек. До этого прежний пароль действует.',
      button: 'Попросить',
      variant: 'primary',
    }
  return {
    title: 'Выдать новый первый пароль?',
    text: 'Прежний пароль перестанет подходить, и все входы этого человека завершатся сразу.',
    button: 'Выдать',
    variant: 'primary',
  }
}

type AskProps = { words: AskWords; onClose: () => void; onConfirm: () => void }

function AskDialog({ words: { title, text, button, variant }, onClose, onConfirm }: AskProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      <DialogActions>
        <Button onClick={onClose}>Отменить</Button>
        <Button variant={variant} onClick={onConfirm}>
          {button}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
