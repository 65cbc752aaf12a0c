import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from '#ui/button.tsx'
import { Checkbox, TextField } from '#ui/controls.tsx'
import { Notice } from '#ui/notice.tsx'
import { sentenceOf } from '#web/query-client.ts'
import { signIn } from '#web/session.ts'
import { CodeStep } from './code-step.tsx'
import styles from './sign-in.module.css'

type Props = {
  /** Known when the session of this very account has ended. */
  login?: string
  onSignedIn: () => void
  /** What stands below login and password. */
  below?: ReactNode
}

/** Login and password, and then the code of an account that has a second factor. */
export function SignInForm({ login, onSignedIn, below }: Props) {
  const [half, setHalf] = useState<string | null>(null)
  return half === null ? (
    <>
      <PasswordStep login={login} onRight={(next) => (next === null ? onSignedIn() : setHalf(next))} />
      {below}
    </>
  ) : (
    <CodeStep half={half} onSignedIn={onSignedIn} onAgain={() => setHalf(null)} />
  )
}

type PasswordProps = { login: string | undefined; onRight: (half: string | null) => void }

function PasswordStep({ login, onRight }: PasswordProps) {
  const [shown, setShown] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (busy) return
    const form = new FormData(event.currentTarget)
    setBusy(true)
    setFailure(null)
    try {
      onRight(await signIn(String(form.get('login')).trim(), String(form.get('password'))))
    } catch (problem) {
      setFailure(sentenceOf(problem))
    } finally {
      setBusy(false)
    }
  }

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <TextField
        label="Логин"
        name="login"
        required
        defaultValue={login}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
      />
      <TextField
        label="Пароль"
        name="password"
        type={shown ? 'text' : 'password'}
        required
        autoComplete="current-password"
        autoCapitalize="none"
        spellCheck={false}
      />
      <Checkbox
        label="Показать пароль"
        checked={shown}
        onChange={(event) => setShown(event.target.checked)}
      />
      {failure && <Notice tone="error">{failure}</Notice>}
      <Button type="submit" variant="primary" busy={busy} wide>
        {busy ? 'Входим…' : 'Войти'}
      </Button>
    </form>
  )
}
