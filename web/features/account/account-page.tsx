import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import type { ChangePassword, OwnSession, OwnSessions } from '#contract/session.ts'
import { STAFF } from '#domain/access/second-factor.ts'
import { Button } from '#ui/button.tsx'
import { TextField } from '#ui/controls.tsx'
import { Card, PageHeader, Row, Skeleton, Soft, Stack } from '#ui/layout.tsx'
import { Badge, Notice } from '#ui/notice.tsx'
import { accessNewsText } from '#web/access-news.ts'
import { toast } from '#web/announce.ts'
import { ApiProblem, call } from '#web/api.ts'
import { deviceName } from '#web/device-name.ts'
import { moment } from '#web/formats.ts'
import { sentenceOf } from '#web/query-client.ts'
import { RecoveryCodeList } from '#web/recovery-codes.tsx'
import { hasRole, useSession } from '#web/session.ts'
import { useTitle } from '#web/title.ts'
import styles from './account.module.css'
import { SecondFactorCard } from './second-factor-card.tsx'

const SESSIONS = ['own-sessions']

/** One's own access: the last sign-in, the devices signed in now, the password (6.6, 6.8). */
export function AccountPage() {
  useTitle('Мой вход')
  const session = useSession()
  const { account, lastSignInAt, accessNews } = session
  const cache = useQueryClient()
  const [codes, setCodes] = useState<string[] | null>(null)
  const done = () => {
    setCodes(null)
    toast('Второй фактор включён, резервные коды действуют')
    void cache.invalidateQueries()
  }
  if (codes)
    return (
      <>
        <PageHeader title="Резервные коды" lead={`Логин: ${account.login}`} />
        <Card>
          <RecoveryCodeList codes={codes} login={account.login} onDone={done} />
        </Card>
      </>
    )
  return (
    <>
      <PageHeader title="Мой вход" lead={`Логин: ${account.login}`} />
      <Stack>
        <Notice>
          {lastSignInAt
            ? `Прошлый вход: ${moment(lastSignInAt)}. Если это были не вы, смените пароль и скажите администратору.`
            : 'Это ваш первый вход.'}
        </Notice>
        {accessNews.length > 0 && (
          <Card>
            <h2>Что делали с вашим доступом</h2>
            <ul>
              {accessNews.map((one) => (
                <li key={`${one.at}${one.action}`}>
                  {accessNewsText(one)} {one.fresh && <Badge tone="warn">после прошлого входа</Badge>}
                </li>
              ))}
            </ul>
            <Soft>Если вы об этом не просили, смените пароль и скажите директору.</Soft>
          </Card>
        )}
        {hasRole(session, ...STAFF) && <SecondFactorCard onCodes={setCodes} />}
        <Sessions />
        <Password />
      </Stack>
    </>
  )
}

function Sessions() {
  const cache = useQueryClient()
  const list = useQuery({
    queryKey: SESSIONS,
    queryFn: ({ signal }) => call<OwnSessions>('GET', '/api/sessions', { signal }),
  })
  const end = useMutation({
    mutationFn: (id: string) => call('DELETE', `/api/sessions/${id}`),
    onSuccess: () => toast('Вход завершён'),
    onSettled: () => cache.invalidateQueries({ queryKey: SESSIONS }),
  })
  const failure = end.error ?? list.error
  return (
    <Card>
      <h2>Где вы вошли</h2>
      {list.isPending && <Skeleton lines={2} />}
      {failure && (
        <Notice tone="error" action={<Button onClick={() => void list.refetch()}>Ещё раз</Button>}>
          {sentenceOf(failure)}
        </Notice>
      )}
      <ul className={styles.sessions}>
        {list.data?.sessions.map((session) => (
          <SessionLine
            key={session.id}
            session={session}
            busy={end.isPending}
            onEnd={() => end.mutate(session.id)}
          />
        ))}
      </ul>
    </Card>
  )
}

type LineProps = { session: OwnSession; busy: boolean; onEnd: () => void }

function SessionLine({ session, busy, onEnd }: LineProps) {
  const device = deviceName(session.device)
  return (
    <li>
      <Row>
        <span>
          <b>{device}</b>{' '}
          <Soft>
            с {moment(session.startedAt)}, последний раз {moment(session.seenAt)}
          </Soft>
        </span>
        {session.current ? (
          <Badge tone="good">сейчас здесь</Badge>
        ) : (
          <Button busy={busy} onClick={onEnd} aria-label={`Завершить вход: ${device}`}>
            Завершить
          </Button>
        )}
      </Row>
    </li>
  )
}

function Password() {
  const cache = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const change = useMutation({
    mutationFn: (body: ChangePassword) => call('PUT', '/api/session/password', { body }),
    onSuccess: async () => {
      form.current?.reset()
      toast('Пароль изменён, другие ваши входы завершены')
      await cache.invalidateQueries({ queryKey: SESSIONS })
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const again = event.currentTarget.elements.namedItem('again')
    const same = data.get('next') === data.get('again')
    if (again instanceof HTMLInputElement)
      again.setCustomValidity(same ? '' : 'Пароли не совпадают. Введите новый пароль одинаково оба раза.')
    if (!event.currentTarget.reportValidity() || change.isPending) return
    change.mutate({ current: String(data.get('current')), next: String(data.get('next')) })
  }
  const problem = change.error instanceof ApiProblem ? change.error : null
  const inField = problem?.faultOf('current') ?? problem?.faultOf('next')
  return (
    <Card>
      <h2>Сменить пароль</h2>
      <form
        className={styles.form}
        ref={form}
        onSubmit={submit}
        noValidate
        onInput={(event) => event.target instanceof HTMLInputElement && event.target.setCustomValidity('')}
      >
        <Stack>
          <TextField
            label="Нынешний пароль"
            name="current"
            type="password"
            required
            autoComplete="current-password"
            error={problem?.faultOf('current')}
          />
          <TextField
            label="Новый пароль"
            name="next"
            type="password"
            required
            autoComplete="new-password"
            hint="Не меньше 12 знаков. Длинный лучше сложного: три-четыре слова."
            error={problem?.faultOf('next')}
          />
          <TextField
            label="Новый пароль ещё раз"
            name="again"
            type="password"
            required
            autoComplete="new-password"
          />
          {change.error && !inField && <Notice tone="error">{sentenceOf(change.error)}</Notice>}
          <Row>
            <Button type="submit" variant="primary" busy={change.isPending}>
              Сменить пароль
            </Button>
            <Soft>На других устройствах придётся войти заново.</Soft>
          </Row>
        </Stack>
      </form>
    </Card>
  )
}
