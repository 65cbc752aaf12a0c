import { useQueryClient } from '@tanstack/react-query'
import { Dialog } from '#ui/dialog.tsx'
import { call } from '#web/api.ts'
import { type Session, sessionQuery, useSession } from '#web/session.ts'
import { signedInAgain } from '#web/sign-in-gate.ts'
import { SignInForm } from './sign-in-form.tsx'

/** Signing in over the screen one was working on: what was typed stays and is sent afterwards. */
export function SignInDialog() {
  const cache = useQueryClient()
  const { account, person } = useSession()

  async function resume() {
    const now = await call<Session>('GET', '/api/session', { signInOnTheSpot: false })
    // Somebody else's screen must not fill with this person's data: start from an empty page.
    if (now.account.id !== account.id) return location.reload()
    cache.setQueryData(sessionQuery.queryKey, now)
    signedInAgain()
  }

  return (
    <Dialog title="Сеанс закончился" first="[name=password]">
      <p>{person.shortName}, войдите ещё раз. Введённое не потеряно: после входа оно отправится.</p>
      <SignInForm login={account.login} onSignedIn={() => void resume()} />
    </Dialog>
  )
}
