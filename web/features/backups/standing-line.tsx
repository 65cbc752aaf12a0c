import type { BackupState } from '#contract/backups.ts'
import { cx } from '#ui/cx.ts'
import { AlarmIcon, CautionIcon, ShieldIcon } from '#ui/icons.tsx'
import { standingOf } from '#web/backups.ts'
import { useSession } from '#web/session.ts'
import styles from './backups.module.css'

const signs = { good: <ShieldIcon />, warn: <CautionIcon />, error: <AlarmIcon /> }

/** The first thing to be read: would the journal survive its disk, and up to which minute. */
export function StandingLine({ state }: { state: BackupState }) {
  const { tone, sentence, why } = standingOf(state, useSession().today)
  return (
    <div className={styles.standing}>
      <span className={cx(styles.sign, styles[tone])}>{signs[tone]}</span>
      <div>
        <p className={styles.sentence}>{sentence}</p>
        <p className={styles.why}>{why}</p>
      </div>
    </div>
  )
}
