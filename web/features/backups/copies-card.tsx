import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState } from 'react'
import type { Backup, BackupState } from '#contract/backups.ts'
import { Button } from '#ui/button.tsx'
import { CardHead } from '#ui/cards.tsx'
import { Card } from '#ui/layout.tsx'
import { Badge, Notice } from '#ui/notice.tsx'
import { toast } from '#web/announce.ts'
import { call } from '#web/api.ts'
import { BACKUPS, holdsText, newestFirst } from '#web/backups.ts'
import { byteSize, moment, momentOn } from '#web/formats.ts'
import { sentenceOf } from '#web/query-client.ts'
import { useSession } from '#web/session.ts'
import styles from './backups.module.css'

type Props = { state: BackupState; writable: boolean }

/** The copies there are, the newest first; the one that is being made, and a way to begin one. */
export function CopiesCard({ state, writable }: Props) {
  const { today } = useSession()
  const { running, nextAt } = state
  const backups = newestFirst(state.backups)
  const failed = useOutcome(running?.since, backups[0]) === 'failed'
  const absent = state.alarms.includes('folder-absent')
  const waits = state.alarms.includes('copy-no-room')
  return (
    <Card>
      <CardHead>
        <h2>Копии</h2>
        {writable && !running && !absent && <BeginButton first={backups.length === 0} />}
      </CardHead>
      {running && <Progress running={running} />}
      {failed && (
        <Notice tone="error" title="Копия не получилась">
          Новой в списке нет, прежние целы. Проверьте, подключена ли папка и есть ли в ней место, и повторите.
          Причину программа пишет в окне, где запущен журнал.
        </Notice>
      )}
      {!running && nextAt && !absent && !waits && (
        <p className={styles.soft}>
          Следующая полная копия: {moment(nextAt)}. Между копиями новое дописывается само.
        </p>
      )}
      {backups.length === 0 && !running && (
        <p>
          {absent
            ? 'Пока папка не отвечает, её копии не видны.'
            : 'Пока ни одной. Первая появится здесь сама.'}
        </p>
      )}
      {backups.length > 0 && (
        <ul className={styles.list}>
          {backups.map((backup) => (
            <li key={backup.name}>
              <Copy backup={backup} today={today} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function BeginButton({ first }: { first: boolean }) {
  const cache = useQueryClient()
  const beginning = useMutation({
    mutationFn: () => call('POST', '/api/backups/copies', { body: {} }),
    onSuccess: () => toast('Копия делается. Страницу можно закрыть'),
    onSettled: () => cache.invalidateQueries({ queryKey: BACKUPS }),
  })
  return (
    <>
      <Button
        variant={first ? 'primary' : 'secondary'}
        busy={beginning.isPending}
        onClick={() => beginning.mutate()}
      >
        Сделать копию сейчас
      </Button>
      {beginning.error && <Notice tone="error">{sentenceOf(beginning.error)}</Notice>}
    </>
  )
}

/** What became of the copy that was being made while the page was open: there is one made since it began, or not. */
function useOutcome(since: string | undefined, newest: Backup | undefined): 'made' | 'failed' | null {
  const begun = useRef<string | null>(null)
  const [outcome, setOutcome] = useState<'made' | 'failed' | null>(null)
  const madeAt = newest?.from
  useEffect(() => {
    if (since) {
      begun.current = since
      setOutcome(null)
      return
    }
    if (!begun.current) return
    const made = madeAt !== undefined && Date.parse(madeAt) >= Date.parse(begun.current)
    begun.current = null
    setOutcome(made ? 'made' : 'failed')
    if (made) toast('Новая копия уже в списке')
  }, [since, madeAt])
  return outcome
}

function Progress({ running: { since, percent } }: { running: NonNullable<BackupState['running']> }) {
  const id = useId()
  return (
    <div className={styles.progress}>
      <p id={id}>
        Копия делается: {percent}&nbsp;%.{' '}
        <span className={styles.soft}>Начата {moment(since)}. Работать в журнале можно как обычно.</span>
      </p>
      <progress max={100} value={percent} aria-label="Сколько копии сделано" aria-describedby={id} />
    </div>
  )
}

function Copy({ backup, today }: { backup: Backup; today: string }) {
  const { from } = backup
  return (
    <>
      <div className={styles.head}>
        <h3>{momentOn(today, from) === moment(from) ? moment(from) : `Сегодня, ${momentOn(today, from)}`}</h3>
        <Proof backup={backup} />
      </div>
      <p>{holdsText(backup, today)}</p>
      <p className={styles.soft}>{aboutCopy(backup, today)}</p>
    </>
  )
}

function Proof({ backup: { proven } }: { backup: Backup }) {
  if (!proven) return <Badge>ещё не проверена</Badge>
  return proven.same ? <Badge tone="good">проверена</Badge> : <Badge tone="error">не совпала</Badge>
}

/** What is not held by the copy but known of it. */
function aboutCopy({ bytes, proven, from, to }: Backup, today: string): string {
  const outcome = proven?.same ? 'восстановлена и сверена' : 'при проверке не совпала с журналом'
  return [
    byteSize(bytes),
    ...(proven ? [`${outcome} ${moment(proven.at)}`] : []),
    // Of an older copy the log after it is not kept.
    moment(from) === moment(to)
      ? 'вернуться можно к этой минуте'
      : `вернуться можно к любой минуте до ${momentOn(today, to)}`,
  ].join(' · ')
}
