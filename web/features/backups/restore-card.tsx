import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import type { BackupState } from '#contract/backups.ts'
import type { AskRestore, Losses, RestoreOutcome, RestoreOverview } from '#contract/restores.ts'
import { isRestoreWord, RESTORE_WORD } from '#domain/backups/restore-word.words.ts'
import { Button } from '#ui/button.tsx'
import { TextArea, TextField } from '#ui/controls.tsx'
import { Form, type FormHandle } from '#ui/form.tsx'
import { Card, Row, Skeleton, Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { ApiProblem, call } from '#web/api.ts'
import { counted, moment } from '#web/formats.ts'
import { type ChosenMoment, MomentChoice } from '#web/moment-choice.tsx'
import { sentenceOf } from '#web/query-client.ts'
import { RestoreProgress } from '#web/restore-progress.tsx'
import { AfterRestore, lossLines } from './after-restore.tsx'
import styles from './backups.module.css'

type Props = { state: BackupState; writable: boolean }

/** The way back to an earlier moment: what would be lost by it, and how the last one ended. */
export function RestoreCard({ state, writable }: Props) {
  const { data } = useQuery({
    queryKey: ['backups-restore'],
    queryFn: ({ signal }) => call<RestoreOverview>('GET', '/api/backups/restore', { signal }),
  })
  const [asked, setAsked] = useState(false)
  const [running, setRunning] = useState(false)
  if (!data?.possible) return null
  const offered = writable && state.backups.length > 0
  if (!offered && !data.last && !data.restored) return null
  return (
    <Card>
      {running ? (
        // Whoever is signed out by it signs in; of a journal that is as it was the page tells why.
        <RestoreProgress onBack={() => location.reload()} />
      ) : (
        <>
          <h2>Вернуть журнал к прежней минуте</h2>
          {data.last && <Outcome last={data.last} />}
          <AfterRestore overview={data} />
          {offered && !asked && (
            <>
              <p className={styles.text}>
                Если журнал испорчен, например залит не тот список, он вернётся таким, каким был до этого.
                Внесённое позже в него не попадёт: это показано до того, как что-нибудь изменится.
              </p>
              <Row>
                <Button onClick={() => setAsked(true)}>Выбрать минуту</Button>
              </Row>
            </>
          )}
          {offered && asked && (
            <RestoreForm state={state} onBegun={() => setRunning(true)} onCancel={() => setAsked(false)} />
          )}
        </>
      )}
    </Card>
  )
}

function Outcome({ last: { at, until, aside, failure } }: { last: RestoreOutcome }) {
  if (failure)
    return (
      <Notice tone="error" title={`${moment(at)}: восстановить не получилось`}>
        <p className={styles.reason}>{failure}</p>
      </Notice>
    )
  return (
    <p className={styles.soft}>
      {moment(at)} журнал восстановлен{until && ` таким, каким был ${moment(until)}`}.
      {aside && (
        <>
          {' '}
          Прежняя база цела и отложена: <span className={styles.path}>{aside}</span>
        </>
      )}
    </p>
  )
}

type FormProps = { state: BackupState; onBegun: () => void; onCancel: () => void }

function RestoreForm({ state, onBegun, onCancel }: FormProps) {
  const handle = useRef<FormHandle>(null)
  const [to, setTo] = useState<ChosenMoment>(undefined)
  const [wrong, setWrong] = useState(false)
  const restoring = useMutation({
    mutationFn: (body: AskRestore) => call('POST', '/api/backups/restore', { body }),
    onSuccess: () => {
      handle.current?.settle()
      onBegun()
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const word = String(form.get('word'))
    const words = String(form.get('words') ?? '').trim() || null
    setWrong(!isRestoreWord(word))
    if (to && isRestoreWord(word) && !restoring.isPending) restoring.mutate({ to, word, words })
  }
  const cancel = () => {
    handle.current?.settle()
    onCancel()
  }
  const problem = restoring.error instanceof ApiProblem ? restoring.error : null
  const fault = problem?.faultOf('to')
  const wordsFault = problem?.faultOf('words')
  // Asked for only where the server has lost its own key.
  const [asksWords, setAsksWords] = useState(false)
  if (wordsFault && !asksWords) setAsksWords(true)
  return (
    <Form what="выбранную минуту" handle={handle} onSubmit={submit} unsavable className={styles.form}>
      <Stack>
        <MomentChoice copies={state.backups} offersLast={false} onChoose={setTo} error={fault} />
        {to && <LossesText to={to} />}
        <TextField
          label={`Наберите слово «${RESTORE_WORD}»`}
          name="word"
          required
          maxLength={100}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={wrong ? 'Слово набрано иначе.' : null}
        />
        {asksWords && (
          <TextArea
            label="Двенадцать слов с бумаги"
            name="words"
            required
            maxLength={2000}
            autoComplete="off"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            translate="no"
            error={wordsFault}
          />
        )}
        {problem && !fault && !wordsFault && <Notice tone="error">{sentenceOf(problem)}</Notice>}
        <Row>
          <Button type="submit" variant="danger" busy={restoring.isPending}>
            Восстановить
          </Button>
          <Button onClick={cancel}>Не сейчас</Button>
        </Row>
      </Stack>
    </Form>
  )
}

function LossesText({ to }: { to: string }) {
  const { data, error } = useQuery({
    queryKey: ['backups-losses', to],
    queryFn: ({ signal }) =>
      call<Losses>('GET', `/api/backups/losses?to=${encodeURIComponent(to)}`, { signal }),
    gcTime: 0,
  })
  if (error) return <Notice tone="error">{sentenceOf(error)}</Notice>
  if (!data) return <Skeleton lines={3} />
  const lost = lossLines(data)
  return (
    <Notice
      tone="warn"
      title={
        lost.length === 0
          ? `После ${moment(to)} в журнал ничего не внесено`
          : `Из журнала пропадёт внесённое и изменённое после ${moment(to)}`
      }
    >
      {lost.length > 0 && (
        <ul className={styles.counts}>
          {lost.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <p>
        Журнал будет закрыт для всех примерно {counted(data.minutes, 'минуту', 'минуты', 'минут')}, потом
        откроется сам; всем понадобится войти заново. Нынешняя база не стирается: она будет отложена рядом, и
        её место будет названо здесь.
      </p>
    </Notice>
  )
}
