import { useQuery } from '@tanstack/react-query'
import type { DiskState } from '#contract/disk.ts'
import { call } from '#web/api.ts'
import { hasRole, useSession } from '#web/session.ts'
import styles from './shell.module.css'

// A disk fills up over days.
const AGAIN_MS = 600_000

/** Tells whoever can do something about it that the disk under the journal fills up. */
export function DiskStrip() {
  const session = useSession()
  const { data } = useQuery({
    queryKey: ['disk'],
    queryFn: ({ signal }) => call<DiskState>('GET', '/api/disk', { signal }),
    enabled: hasRole(session, 'director', 'system-admin'),
    refetchInterval: AGAIN_MS,
  })
  const warning = data?.warning
  if (!warning) return null
  return (
    <p className={styles.strip}>
      Место на диске заканчивается: занято {warning.percent}&nbsp;%, осталось {sizeOf(warning.freeMegabytes)}.
      Без места новые записи не сохранятся.{' '}
      {hasRole(session, 'system-admin')
        ? 'Освободите диск или перенесите папку данных на больший: docs/operations.md.'
        : 'Попросите системного администратора освободить диск.'}
    </p>
  )
}

const sizeOf = (megabytes: number): string =>
  megabytes < 10_240 ? `${megabytes}\u00a0МБ` : `${Math.floor(megabytes / 1024)}\u00a0ГБ`
