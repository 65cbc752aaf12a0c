import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId, useRef, useState } from 'react'
import type { FindCopies, FoundCopies, RestoreOutcome, SetupState } from '#contract/restores.ts'
import { Button } from '#ui/button.tsx'
import { TextArea, TextField } from '#ui/controls.tsx'
import { Form, type FormHandle } from '#ui/form.tsx'
import { Row, Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { Way, Ways } from '#ui/ways.tsx'
import { ApiProblem, call } from '#web/api.ts'
import { holdsText } from '#web/backups.ts'
import { counted, moment } from '#web/formats.ts'
import { type ChosenMoment, MomentChoice } from '#web/moment-choice.tsx'
import { sentenceOf } from '#web/query-client.ts'
import { RestoreProgress } from '#web/restore-progress.tsx'
import { paths } from '../../paths.ts'
import styles from './restore-school.module.css'

type Found = Omit<FoundCopies, 'journals'> & { source: FindCopies }
type Props = { token: string; last: RestoreOutcome | null; onCancel: () => void }

/** Instead of a new organisation: a lost journal comes back from the folder of its copies. */
export function RestoreSchool({ token, last, onCancel }: Props) {
  const [found, setFound] = useState<Found | null>(null)
  const [running, setRunning] = useState(false)
  const [failure, setFailure] = useState(last?.failure ?? null)
  const back = async () => {
    // The link is used up by a journal that has come back; while it opens still, nothing has.
    const state = await call<SetupState>('POST', '/api/setup/check', {
      body: { token },
      signInOnTheSpot: false,
    }).catch(() => null)
    if (!state) return location.replace(paths.home)
    setFailure(state.last?.failure ?? null)
    setRunning(false)
  }
  if (running) return <RestoreProgress onBack={() => void back()} />
  return (
    <Stack>
      {failure && (
        <Notice tone="error" title="Восстановить не получилось">
          {failure}
        </Notice>
      )}
      {found ? (
        <ChooseMoment
          {...found}
          onBegun={() => setRunning(true)}
          onCancel={() => {
            setFailure(null)
            setFound(null)
          }}
        />
      ) : (
        <FindForm token={token} onFound={setFound} onCancel={onCancel} />
      )}
    </Stack>
  )
}

type FindProps = {
  token: string
  onFound: (found: Found) => void
  onCancel: () => void
}

function FindForm({ token, onFound, onCancel }: FindProps) {
  const handle = useRef<FormHandle>(null)
  const [journals, setJournals] = useState<FoundCopies['journals']>([])
  const finding = useMutation({
    mutationFn: async (source: FindCopies) => {
      const found = await call<FoundCopies>('POST', '/api/setup/copies', {
        body: source,
        signInOnTheSpot: false,
      })
      return { source, ...found }
    },
    onSuccess: ({ journals, ...found }) => {
      // Whose copies are wanted is asked in this very form: nothing is to be typed again.
      if (journals.length > 0) return setJournals(journals)
      handle.current?.settle()
      onFound(found)
    },
    gcTime: 0,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const words = String(form.get('words') ?? '').trim()
    const folder = String(form.get('journal') ?? form.get('folder')).trim()
    if (!finding.isPending) finding.mutate({ token, folder, words: words || null })
  }
  const problem = finding.error instanceof ApiProblem ? finding.error : null
  const [folder, words] = [problem?.faultOf('folder'), problem?.faultOf('words')]
  return (
    <Form what="папку с копиями" handle={handle} onSubmit={submit} autoComplete="off">
      <Stack>
        <h2>Восстановить из копии</h2>
        <p>
          Если журнал уже был и утерян, он вернётся из папки с его резервными копиями: с людьми, отметками и
          паролями. Создавать организацию тогда не нужно.
        </p>
        <TextField
          label="Папка с копиями"
          name="folder"
          required
          maxLength={1000}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          hint="Полный путь на этом компьютере, например /mnt/kopii. Диск или сетевую папку сначала подключите."
          error={folder}
          onChange={() => setJournals([])}
        />
        {journals.length > 0 && <WhoseCopies journals={journals} />}
        <TextArea
          label="Двенадцать слов с бумаги"
          name="words"
          optional
          maxLength={2000}
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          data-gramm="false"
          translate="no"
          hint="По порядку, через пробел или по одному в строке. Годится и строка, которую камера прочла с картинки. Оставьте пустым, если файл ключа прежнего сервера, backup.key, уже положен на этот компьютер."
          error={words}
        />
        {finding.error && !folder && !words && <Notice tone="error">{sentenceOf(finding.error)}</Notice>}
        <Row>
          <Button type="submit" variant="primary" busy={finding.isPending}>
            Найти копии
          </Button>
          <Button
            onClick={() => {
              handle.current?.settle()
              onCancel()
            }}
          >
            Создать новую школу
          </Button>
        </Row>
      </Stack>
    </Form>
  )
}

/** Several schools keep their copies in one folder: which of them is wanted is asked, not guessed. */
function WhoseCopies({ journals }: Pick<FoundCopies, 'journals'>) {
  const name = useId()
  return (
    <Ways legend="Какой журнал вернуть" describedBy={name}>
      <p id={name}>
        В этой папке лежат копии нескольких журналов. Выберите свой по тому, что в нём записано, и нажмите
        «Найти копии» ещё раз.
      </p>
      {journals.map(({ folder, newest }) => (
        <Way
          key={folder}
          name="journal"
          value={folder}
          title={newest ? `Записи до ${moment(newest.to)}` : 'Его копии прочитать не получается'}
        >
          {newest && `${holdsText(newest, newest.to.slice(0, 10))}. `}Папка{' '}
          <span className={styles.path}>{folder.split(/[\\/]/).at(-1)}</span>
        </Way>
      ))}
    </Ways>
  )
}

type ChooseProps = Found & { onBegun: () => void; onCancel: () => void }

function ChooseMoment({ source, copies, locked, onBegun, onCancel }: ChooseProps) {
  // The last moment there is lies behind the newest copy, which must open.
  const newest = copies[0]?.from ?? ''
  const offersLast = locked.every((from) => from < newest)
  const [to, setTo] = useState<ChosenMoment>(offersLast ? null : undefined)
  const handle = useRef<FormHandle>(null)
  const restoring = useMutation({
    mutationFn: (to: string | null) =>
      call('POST', '/api/setup/restore', { body: { ...source, to }, signInOnTheSpot: false }),
    onSuccess: () => {
      handle.current?.settle()
      onBegun()
    },
    gcTime: 0,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (to !== undefined && !restoring.isPending) restoring.mutate(to)
  }
  const fault = restoring.error instanceof ApiProblem ? restoring.error.faultOf('to') : undefined
  return (
    <Form what="выбранную минуту" handle={handle} onSubmit={submit}>
      <Stack>
        <h2>Копии найдены</h2>
        <MomentChoice copies={copies} offersLast={offersLast} onChoose={setTo} error={fault} />
        {locked.length > 0 && <Locked moments={locked} />}
        <p>
          После восстановления откроется страница входа: логины и пароли прежние, войти понадобится всем
          заново.
        </p>
        {restoring.error && !fault && <Notice tone="error">{sentenceOf(restoring.error)}</Notice>}
        <Row>
          <Button type="submit" variant="primary" busy={restoring.isPending}>
            Восстановить журнал
          </Button>
          <Button
            onClick={() => {
              handle.current?.settle()
              onCancel()
            }}
          >
            Другая папка
          </Button>
        </Row>
      </Stack>
    </Form>
  )
}

function Locked({ moments }: { moments: readonly string[] }) {
  const [newest = '', oldest = newest] = [moments[0], moments.at(-1)]
  const when = moments.length === 1 ? moment(newest) : `с ${moment(oldest)} до ${moment(newest)}`
  return (
    <Notice
      tone="warn"
      title={`Этот ключ не открывает ${counted(moments.length, 'копию', 'копии', 'копий')}: ${when}`}
    >
      Понадобится лист, который действовал, когда делались эти копии, или файл ключа прежнего сервера.
    </Notice>
  )
}
