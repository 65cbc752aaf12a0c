import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { AccessNews } from '#contract/session.ts'
import { Button } from '#ui/button.tsx'
import { Checkbox, TextField } from '#ui/controls.tsx'
import { Notice } from '#ui/notice.tsx'
import { accessNewsText } from '#web/access-news.ts'
import { ApiProblem, call } from '#web/api.ts'
import { capital } from '#web/formats.ts'
import { sentenceOf } from '#web/query-client.ts'
import { type Session, sessionQuery } from '#web/session.ts'
import { useTitle } from '#web/title.ts'
import styles from './sign-in.module.css'
import { SignInFrame } from './sign-in-frame.tsx'

/** What a person does once before the journal opens: an own password, then the rules (6.6, 6.8). */
export function FirstSteps({ session }: { session: Session }) {
  const cache = useQueryClient()
  const done = () => void cache.resetQueries(sessionQuery)
  return session.mustChangePassword ? (
    <OwnPassword news={session.accessNews[0]} onDone={done} />
  ) : (
    <Rules onDone={done} />
  )
}

function OwnPassword({ news, onDone }: { news: AccessNews | undefined; onDone: () => void }) {
  useTitle('Новый пароль')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    if (form.get('next') !== form.get('again')) return setFailure('again')
    setBusy(true)
    setFailure(null)
    try {
      await call('PUT', '/api/session/password', {
        body: { current: form.get('current'), next: form.get('next') },
      })
      onDone()
    } catch (problem) {
      setFailure(problem)
    } finally {
      setBusy(false)
    }
  }

  const fault = (path: string) => (failure instanceof ApiProblem ? failure.faultOf(path) : undefined)
  const atField = failure === 'again' || fault('current') || fault('next')
  const general = failure && !atField ? sentenceOf(failure) : null
  return (
    <SignInFrame title="Придумайте свой пароль">
      {news && <p>{capital(accessNewsText(news))}.</p>}
      <p>Пароль, с которым вы вошли, видели и при выдаче. Свой будете знать только вы.</p>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <TextField
          label="Пароль, с которым вошли"
          name="current"
          type="password"
          required
          autoComplete="current-password"
          error={fault('current')}
        />
        <TextField
          label="Новый пароль"
          name="next"
          type="password"
          required
          autoComplete="new-password"
          hint="Длинный лучше сложного: три-четыре слова легко запомнить и трудно угадать."
          error={fault('next')}
        />
        <TextField
          label="Новый пароль ещё раз"
          name="again"
          type="password"
          required
          autoComplete="new-password"
          error={failure === 'again' ? 'Пароли не совпадают. Введите новый пароль одинаково оба раза.' : null}
        />
        {general && <Notice tone="error">{general}</Notice>}
        <Button type="submit" variant="primary" busy={busy} wide>
          Сохранить пароль
        </Button>
      </form>
    </SignInFrame>
  )
}

function Rules({ onDone }: { onDone: () => void }) {
  useTitle('Правила пользования')
  const [agreed, setAgreed] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)

  async function accept() {
    setBusy(true)
    try {
      await call('PUT', '/api/session/rules-acceptance', { body: {} })
      onDone()
    } catch (problem) {
      setFailure(sentenceOf(problem))
      setBusy(false)
    }
  }

  return (
    <SignInFrame title="Правила пользования">
      <ul className={styles.rules}>
        <li>Логин и пароль храните в тайне и не передавайте никому, даже коллегам.</li>
        <li>Всё, что сделано под вашим именем, считается сделанным вами.</li>
        <li>Сведения о детях и семьях — персональные данные: не копируйте и не пересылайте их без нужды.</li>
        <li>Записи вносите в день урока и так, как было на самом деле.</li>
        <li>Уходя от общего компьютера, выходите из системы.</li>
      </ul>
      <Checkbox
        label="Правила прочитаны, я принимаю их"
        checked={agreed}
        onChange={(event) => setAgreed(event.target.checked)}
      />
      {failure && <Notice tone="error">{failure}</Notice>}
      <Button variant="primary" wide disabled={!agreed} busy={busy} onClick={() => void accept()}>
        Продолжить
      </Button>
    </SignInFrame>
  )
}
