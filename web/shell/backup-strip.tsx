import { Link, useLocation } from '@tanstack/react-router'
import { alarmWords, toldAlarms, useBackups } from '#web/backups.ts'
import { counted } from '#web/formats.ts'
import { paths } from '../paths.ts'
import styles from './shell.module.css'

const AGAIN_MS = 600_000

/** Tells who can do something about it that copies of the journal are not as they should be. */
export function BackupStrip() {
  const { pathname } = useLocation()
  const state = useBackups(AGAIN_MS).data?.state
  const [first, ...rest] = state ? toldAlarms(state) : []
  // The page itself says all of it.
  if (!first || pathname === paths.backups) return null
  return (
    <p className={styles.strip}>
      {alarmWords[first]}
      {rest.length > 0 && `, и ещё ${counted(rest.length, 'замечание', 'замечания', 'замечаний')} о копиях`}.{' '}
      <Link to={paths.backups}>Что сделать</Link>
    </p>
  )
}
