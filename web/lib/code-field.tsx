import { useState } from 'react'
import { Button } from '#ui/button.tsx'
import { TextField } from '#ui/controls.tsx'

type Props = {
  error?: string | null | undefined
  /** For the first code of an app that has just been connected: there are no recovery codes yet. */
  appOnly?: boolean
}

/** One field for the code of the app or, when asked for, a recovery code; either may be pasted with its spaces. */
export function CodeField({ error, appOnly = false }: Props) {
  const [recovery, setRecovery] = useState(false)
  return (
    <>
      {recovery ? (
        <TextField
          key="recovery"
          label="Резервный код"
          name="code"
          required
          autoFocus
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={40}
          hint="Шестнадцать знаков с листка, который вы сохранили. Каждый код подходит один раз."
          error={error}
        />
      ) : (
        <TextField
          key="app"
          label="Код из приложения"
          name="code"
          required
          autoComplete="one-time-code"
          inputMode="numeric"
          spellCheck={false}
          maxLength={20}
          hint="Шесть цифр, каждые полминуты новые."
          error={error}
        />
      )}
      {!appOnly && (
        <Button onClick={() => setRecovery(!recovery)}>
          {recovery ? 'Ввести код из приложения' : 'Телефона нет под рукой'}
        </Button>
      )}
    </>
  )
}
