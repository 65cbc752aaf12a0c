import { useQueryClient } from '@tanstack/react-query'
import { useTitle } from '#web/title.ts'
import { SignInForm } from './sign-in-form.tsx'
import { SignInFrame } from './sign-in-frame.tsx'

/** Shown at any address while nobody is signed in; the address stays, so one lands where one wanted to go. */
export function SignInScreen() {
  const cache = useQueryClient()
  useTitle('Вход')
  return (
    <SignInFrame title="Вход">
      <SignInForm
        onSignedIn={() => void cache.resetQueries()}
        below={<p>Забыли пароль? Новый выдаст системный администратор вашего центра.</p>}
      />
    </SignInFrame>
  )
}
