import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '#ui/button.tsx'
import { dayWithYear } from '#web/formats.ts'
import { RecoveryCodeList } from '#web/recovery-codes.tsx'
import { SecondFactorForm } from '#web/second-factor-form.tsx'
import { type Session, signOut } from '#web/session.ts'
import { useTitle } from '#web/title.ts'
import { SignInFrame } from './sign-in-frame.tsx'

/** All that is open to whoever must have a second factor and let the last day to set it up go by. */
export function SecondFactorGate({ session }: { session: Session }) {
  useTitle('Второй фактор')
  const cache = useQueryClient()
  const [codes, setCodes] = useState<string[] | null>(null)
  const { due } = session.secondFactor
  if (codes)
    return (
      <SignInFrame title="Резервные коды">
        <RecoveryCodeList
          codes={codes}
          login={session.account.login}
          onDone={() => void cache.resetQueries()}
        />
      </SignInFrame>
    )
  return (
    <SignInFrame title="Включите второй фактор">
      <p>
        Для вашей роли он обязателен, включить его надо было не позже {due && dayWithYear(due)} Это занимает
        пару минут, потом журнал откроется.
      </p>
      <SecondFactorForm onCodes={setCodes} />
      <p>Нет телефона? Скажите директору: он решает, кому второй фактор обязателен и с какого дня.</p>
      <Button onClick={() => void signOut().then(() => cache.resetQueries())}>Выйти</Button>
    </SignInFrame>
  )
}
