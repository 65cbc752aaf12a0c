import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import type { AccessSlip, IssueAccount, PutAccount } from '#contract/accounts.ts'
import type { Person, Versioned } from '#contract/people.ts'
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
      {writable && !person.account && <IssueForm person={person} onSlip={onSlip} />}
      {writable && person.account && <Actions person={person} account={person.account} onSlip={onSlip} />}
    </Card>
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
    </dl>
  )
}

/** Hands the slip on; a repeated request is answered without the password, which then must be given anew. */
function useIssue(personId: string, path: string, onSlip: (slip: AccessSlip) => void) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: IssueAccount) =>
      call<Partial<AccessSlip>>('POST', `/api/people/${personId}/${path}`, { body }),
    onSuccess: async (slip) => {
      if (slip.password) onSlip(slip as AccessSlip)
      else toast('Доступ выдан, но показать пароль второй раз нельзя. Выдайте новый первый пароль.')
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
            Выдать логин и первый пароль
          </Button>
        </Row>
      </Stack>
    </Form>
  )
}

type Question = 'password' | 'close'

function Actions({ person, account, onSlip }: { account: Account } & Omit<Props, 'writable'>) {
  const cache = useQueryClient()
  const [question, setQuestion] = useState<Question | null>(null)
  const renew = useIssue(person.id, 'account/first-password', onSlip)
  const put = useMutation({
    mutationFn: (body: PutAccount) => call<Versioned>('PUT', `/api/people/${person.id}/account`, { body }),
    onSuccess: async (_, { disabled }) => {
      toast(disabled ? 'Доступ закрыт, все входы завершены' : 'Доступ открыт')
      await cache.invalidateQueries({ queryKey: ['people'] })
    },
  })
  const disabled = account.state === 'disabled'
  const setDisabled = (next: boolean) => put.mutate({ disabled: next, version: account.version })
  const failure = renew.error ?? put.error
  const confirm = () => {
    setQuestion(null)
    if (question === 'password') renew.mutate({})
    else setDisabled(true)
  }
  return (
    <Stack>
      {failure && <Notice tone="error">{sentenceOf(failure)}</Notice>}
      <Row>
        {!disabled && (
          <Button busy={renew.isPending} onClick={() => setQuestion('password')}>
            Выдать новый первый пароль
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
      </Row>
      {question && (
        <Dialog
          title={question === 'password' ? 'Выдать новый первый пароль?' : 'Закрыть доступ?'}
          onClose={() => setQuestion(null)}
        >
          <p>
            {question === 'password'
              ? 'Прежний пароль перестанет подходить, и все входы этого человека завершатся сразу.'
              : 'Все входы этого человека завершатся сразу, и войти снова он не сможет. Записи останутся.'}
          </p>
          <DialogActions>
            <Button onClick={() => setQuestion(null)}>Отменить</Button>
            <Button variant={question === 'password' ? 'primary' : 'danger'} onClick={confirm}>
              {question === 'password' ? 'Выдать' : 'Закрыть доступ'}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </Stack>
  )
}
