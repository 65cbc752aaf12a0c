import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { BackupState, PaperKey } from '#contract/backups.ts'
import { Button } from '#ui/button.tsx'
import { CardHead } from '#ui/cards.tsx'
import { Dialog, DialogActions } from '#ui/dialog.tsx'
import { Card, Row } from '#ui/layout.tsx'
import { Badge, Notice } from '#ui/notice.tsx'
import { call } from '#web/api.ts'
import { dayWithYear } from '#web/formats.ts'
import { sentenceOf } from '#web/query-client.ts'
import styles from './backups.module.css'
import { PaperWordsForm } from './paper-words-form.tsx'

type Props = { state: BackupState; writable: boolean; onMade: (key: PaperKey) => void }

/** The key on paper: what it is for, whether there is one, and when it was last read back. */
export function PaperKeyCard({ state, writable, onMade }: Props) {
  const { paperKeyProvenAt: provenAt, alarms } = state
  // The copy that a new key is for could not be made.
  const isAway = alarms.includes('folder-absent')
  const [asked, setAsked] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const close = () => {
    setAsked(false)
    // The button comes back in the next drawing.
    requestAnimationFrame(() => opener.current?.focus())
  }
  return (
    <Card>
      <CardHead>
        <h2>Ключ на бумаге</h2>
        <PaperBadge provenAt={provenAt} due={alarms.includes('paper-key-due')} />
      </CardHead>
      <p className={styles.why}>
        Копии зашифрованы. Если сервер сгорит, их откроют только двенадцать слов, напечатанных на бумаге.
        Держите лист не в серверной, а там, где лежат печати и договоры.
      </p>
      {provenAt && <p className={styles.soft}>Слова последний раз набраны с листа {dayOf(provenAt)}</p>}
      {!writable && <p>Ключ делает и проверяет системный администратор.</p>}
      {writable && asked && <PaperWordsForm focused onDone={close} onCancel={close} />}
      {writable && isAway && (
        <p>Когда папка для копий ответит, здесь можно будет сделать и проверить ключ.</p>
      )}
      {writable && !asked && !isAway && (
        <Row>
          {provenAt && (
            <Button ref={opener} onClick={() => setAsked(true)}>
              Проверить ещё раз
            </Button>
          )}
          <MakeButton isFirst={!provenAt} onMade={onMade} />
        </Row>
      )}
    </Card>
  )
}

function PaperBadge({ provenAt, due }: { provenAt: string | null; due: boolean }) {
  if (!provenAt) return <Badge tone="warn">ключа нет</Badge>
  return due ? <Badge tone="warn">пора проверить</Badge> : <Badge tone="good">проверен</Badge>
}

const days = new Intl.DateTimeFormat('en-CA')
const dayOf = (instant: string) => dayWithYear(days.format(new Date(instant)))

function MakeButton({ isFirst, onMade }: { isFirst: boolean; onMade: Props['onMade'] }) {
  const [asked, setAsked] = useState(false)
  const making = useMutation({
    mutationFn: () => call<PaperKey>('POST', '/api/backups/paper-key', { body: {} }),
    onSuccess: (paper) => {
      setAsked(false)
      onMade(paper)
    },
    onError: () => setAsked(false),
    // Kept nowhere once it is shown no more.
    gcTime: 0,
  })
  return (
    <>
      <Button
        variant={isFirst ? 'primary' : 'secondary'}
        busy={making.isPending}
        onClick={() => (isFirst ? making.mutate() : setAsked(true))}
      >
        {isFirst ? 'Сделать ключ' : 'Сделать новый ключ'}
      </Button>
      {making.error && <Notice tone="error">{sentenceOf(making.error)}</Notice>}
      {asked && (
        <Dialog title="Сделать новый ключ?" onClose={() => setAsked(false)}>
          <p>
            Новый лист заменит прежний, как только слова с него будут набраны. Прежний лист сохраните: копии,
            сделанные до этого, открывает он.
          </p>
          <DialogActions>
            <Button onClick={() => setAsked(false)}>Оставить прежний</Button>
            <Button variant="primary" busy={making.isPending} onClick={() => making.mutate()}>
              Сделать новый ключ
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </>
  )
}
