import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import type { SetupState } from '#contract/restores.ts'
import type { Setup } from '#contract/setup.ts'
import { TIME_ZONES, type TimeZone } from '#domain/calendar/time-zones.ts'
import { Button } from '#ui/button.tsx'
import { Select, TextField } from '#ui/controls.tsx'
import { CraneMark } from '#ui/crane-mark.tsx'
import { Fields } from '#ui/field.tsx'
import { Form, type FormHandle } from '#ui/form.tsx'
import { Skeleton, Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { ApiProblem, call } from '#web/api.ts'
import { sentenceOf } from '#web/query-client.ts'
import { zoneWords } from '#web/time-zone-words.ts'
import { useTitle } from '#web/title.ts'
import { paths } from '../../paths.ts'
import { RestoreSchool } from './restore-school.tsx'
import styles from './setup.module.css'

/** First run: by the one-time link of the console the organisation and its first administrator come to be. */
export function SetupScreen() {
  useTitle('Первый запуск')
  // After «#» the token is never sent with an address; from here it goes in bodies only.
  const [token] = useState(() => location.hash.slice(1))
  const link = useQuery({
    queryKey: ['setup'],
    queryFn: () => call<SetupState>('POST', '/api/setup/check', { body: { token }, signInOnTheSpot: false }),
    enabled: token.length >= 20,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <main className={styles.screen} id="content">
      <div className={styles.brand}>
        <CraneMark size={44} />
        <b>Журавль</b>
      </div>
      <div className={styles.box}>
        <h1 tabIndex={-1}>Первый запуск</h1>
        {link.data ? (
          <Ways token={token} state={link.data} />
        ) : (
          <Waiting known={token.length >= 20} link={link} />
        )}
      </div>
    </main>
  )
}

/** A new school, or one that was there before: the second is rare, and stands aside. */
function Ways({ token, state }: { token: string; state: SetupState }) {
  const [restores, setRestores] = useState(state.restorable && state.last !== null)
  if (restores) return <RestoreSchool token={token} last={state.last} onCancel={() => setRestores(false)} />
  return (
    <>
      {state.restorable && (
        <p>
          Журнал уже был и утерян? <Button onClick={() => setRestores(true)}>Восстановить из копии</Button>
        </p>
      )}
      <SetupForm token={token} />
    </>
  )
}

function Waiting({
  known,
  link,
}: {
  known: boolean
  link: { isPending: boolean; error: unknown }
}): ReactNode {
  if (known && link.isPending) return <Skeleton lines={5} />
  return (
    <Notice tone="warn" title="Эта ссылка не подходит">
      {known
        ? sentenceOf(link.error)
        : 'Откройте ссылку целиком так, как её напечатала программа в консоли: она начинается с адреса и кончается длинным словом после «#».'}
    </Notice>
  )
}

const text = (form: FormData, name: string): string => String(form.get(name) ?? '').trim()

function SetupForm({ token }: { token: string }) {
  const cache = useQueryClient()
  const navigate = useNavigate()
  const handle = useRef<FormHandle>(null)
  const [differ, setDiffer] = useState(false)
  const run = useMutation({
    mutationFn: (body: Setup) => call('POST', '/api/setup', { body, signInOnTheSpot: false }),
    onSuccess: async () => {
      handle.current?.settle()
      await navigate({ to: paths.home, hash: '', replace: true })
      await cache.resetQueries()
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const same = form.get('password') === form.get('again')
    setDiffer(!same)
    if (!same || run.isPending) return
    run.mutate({
      token,
      organizationName: text(form, 'organizationName'),
      shortName: text(form, 'shortName'),
      timeZone: text(form, 'timeZone') as TimeZone,
      lastName: text(form, 'lastName'),
      firstName: text(form, 'firstName'),
      middleName: text(form, 'middleName') || null,
      login: text(form, 'login').toLowerCase(),
      password: String(form.get('password')),
    })
  }
  const problem = run.error instanceof ApiProblem ? run.error : null
  return (
    <Form what="сведения об организации" handle={handle} onSubmit={submit}>
      <Stack>
        <OrganizationFields />
        <h2>Первый администратор</h2>
        <p>Он ведёт списки людей и выдаёт доступ. Отметки и записи уроков ему недоступны.</p>
        <AdministratorFields
          passwordFault={problem?.faultOf('password')}
          loginFault={problem?.faultOf('login') && 'Нужны латинские буквы, цифры, точка или чёрточка.'}
          differ={differ}
        />
        {run.error && <Notice tone="error">{sentenceOf(run.error)}</Notice>}
        <Button type="submit" variant="primary" busy={run.isPending} wide>
          {run.isPending ? 'Создаём…' : 'Создать и войти'}
        </Button>
      </Stack>
    </Form>
  )
}

function OrganizationFields() {
  return (
    <>
      <h2>Организация</h2>
      <TextField
        label="Полное название"
        name="organizationName"
        required
        maxLength={300}
        autoComplete="off"
        hint="Как в уставе. Изменить можно потом в настройках."
      />
      <Fields>
        <TextField
          label="Короткое название"
          name="shortName"
          required
          maxLength={120}
          autoComplete="off"
          hint="Видно наверху каждой страницы."
        />
        <Select
          label="Часовой пояс"
          name="timeZone"
          defaultValue="Europe/Moscow"
          hint="По нему меняется день."
        >
          {TIME_ZONES.map((zone) => (
            <option key={zone} value={zone}>
              {zoneWords[zone]}
            </option>
          ))}
        </Select>
      </Fields>
    </>
  )
}

type AdministratorProps = {
  passwordFault: string | undefined
  loginFault: string | undefined
  differ: boolean
}

function AdministratorFields({ passwordFault, loginFault, differ }: AdministratorProps) {
  return (
    <Fields>
      <TextField label="Фамилия" name="lastName" required maxLength={120} autoComplete="family-name" />
      <TextField label="Имя" name="firstName" required maxLength={120} autoComplete="given-name" />
      <TextField label="Отчество" name="middleName" optional maxLength={120} autoComplete="additional-name" />
      <TextField
        label="Логин"
        name="login"
        required
        minLength={3}
        maxLength={63}
        pattern="[a-zA-Z0-9][a-zA-Z0-9._\-]*"
        title="Латинские буквы, цифры, точка и чёрточка"
        hint="Латинскими буквами, например ivanov.ps."
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        error={loginFault}
      />
      <TextField
        label="Пароль"
        name="password"
        type="password"
        required
        autoComplete="new-password"
        hint="Не меньше 12 знаков: три-четыре слова."
        error={passwordFault}
      />
      <TextField
        label="Пароль ещё раз"
        name="again"
        type="password"
        required
        autoComplete="new-password"
        hint="Чтобы не было опечатки."
        error={differ ? 'Пароли не совпадают. Введите одинаково оба раза.' : null}
      />
    </Fields>
  )
}
