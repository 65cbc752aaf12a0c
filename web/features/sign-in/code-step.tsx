import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { ApiProblem } from '#web/api.ts'
import { CodeField } from '#web/code-field.tsx'
import { sentenceOf } from '#web/query-client.ts'
import { finishSignIn } from '#web/session.ts'
import styles from './sign-in.module.css'

type Props = { half: string; onSignedIn: () => void; onAgain: () => void }

/** The second step of signing in: the password was right, now the code of the phone. */
export function CodeStep({ half, onSignedIn, onAgain }: Props) {
  const form = useRef<HTMLFormElement>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  useEffect(() => form.current?.querySelector('input')?.focus(), [])

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (busy) return
    const code = String(new FormData(event.currentTarget).get('code'))
    setBusy(true)
    setFailure(null)
    try {
      await finishSignIn(half, code)
      onSignedIn()
    } catch (problem) {
      setFailure(problem)
    } finally {
      setBusy(false)
    }
  }

  const problem = failure instanceof ApiProblem ? failure : null
  const inField = problem?.faultOf('code')
  const isOver = problem?.problem.refusal === 'half-session-over'
  return (
    <form ref={form} className={styles.form} onSubmit={(event) => void submit(event)}>
      <p>Пароль верный. Теперь код из приложения на вашем телефоне.</p>
      <CodeField error={inField} />
      {failure !== null && !inField && <Notice tone="error">{sentenceOf(failure)}</Notice>}
      {isOver ? (
        <Button variant="primary" wide onClick={onAgain}>
          Ввести пароль ещё раз
        </Button>
      ) : (
        <Button type="submit" variant="primary" busy={busy} wide>
          {busy ? 'Входим…' : 'Войти'}
        </Button>
      )}
      <p>
        Нет ни телефона, ни резервных кодов? Скажите системному администратору: второй фактор снимут, когда
        это подтвердит второй человек, и вы настроите новый.
      </p>
    </form>
  )
}
