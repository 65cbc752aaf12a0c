import { useEffect, useRef, useState } from 'react'
import type { PaperKey } from '#contract/backups.ts'
import { Button } from '#ui/button.tsx'
import { cx } from '#ui/cx.ts'
import { Dialog, DialogActions } from '#ui/dialog.tsx'
import { PrintIcon } from '#ui/icons.tsx'
import { Card, PageHeader, Row, Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { PaperOnly } from '#ui/paper.tsx'
import { QrCode } from '#ui/qr-code.tsx'
import { useUnsaved } from '#ui/unsaved.ts'
import { dayWithYear } from '#web/formats.ts'
import { useSession } from '#web/session.ts'
import styles from './paper-key.module.css'
import { PaperWordsForm } from './paper-words-form.tsx'

/** `folder` is where copies lie, when they would outlive the disk. */
type Props = { paper: PaperKey; folder: string | null; onDone: () => void }

const UNPROVED = 'ключ на бумаге (пока слова с листа не набраны, он ничего не открывает)'

/** A new key, shown once: printed or copied out, then hidden and typed back from the paper. */
export function PaperKeySheet({ paper, folder, onDone }: Props) {
  const [step, setStep] = useState<'copy' | 'type'>('copy')
  const [dirty, setDirty] = useState(false)
  const [leaving, setLeaving] = useState(false)
  const release = useUnsaved(UNPROVED, !dirty)
  const top = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (step === 'copy') top.current?.querySelector('h1')?.focus()
  }, [step])
  const done = () => {
    release()
    onDone()
  }
  return (
    <Stack>
      <div ref={top} className={styles.screenOnly}>
        <PageHeader title="Ключ на бумаге" />
        {/* Apart from the heading, whose next line stands at the foot of the paper. */}
        <p className={styles.step}>
          {step === 'copy' ? 'Шаг 1 из 2: перенесите слова на бумагу' : 'Шаг 2 из 2: наберите слова с бумаги'}
        </p>
        {step === 'copy' && (
          <Notice tone="warn" title="Слова видны только сейчас">
            Напечатайте лист или перепишите слова от руки. Ключ начнёт открывать копии, когда слова с бумаги
            будут набраны на следующем шаге; на это есть час.
          </Notice>
        )}
      </div>
      <Sheet paper={paper} folder={folder} hidden={step === 'type'} />
      <div className={styles.screenOnly}>
        {step === 'copy' ? (
          <Row>
            <Button onClick={() => window.print()}>
              <PrintIcon /> Напечатать
            </Button>
            <Button variant="primary" onClick={() => setStep('type')}>
              Слова на бумаге, дальше
            </Button>
            <Button variant="quiet" onClick={() => setLeaving(true)}>
              Не делать ключ
            </Button>
          </Row>
        ) : (
          <Card>
            <p>Слова скрыты: наберите их с бумаги. Так видно, что лист читается и ошибки в нём нет.</p>
            <PaperWordsForm
              focused
              what={UNPROVED}
              onDirty={setDirty}
              onDone={done}
              onCancel={() => setStep('copy')}
              cancelWords="Показать слова ещё раз"
            />
          </Card>
        )}
      </div>
      {leaving && (
        <Dialog title="Уйти без проверки?" onClose={() => setLeaving(false)}>
          <p>
            Слова с бумаги ещё не набраны, поэтому этот ключ ничего не открывает, и показать его снова нельзя.
            Если лист уже напечатан, уничтожьте его, чтобы потом не принять за настоящий.
          </p>
          <DialogActions>
            <Button variant="primary" onClick={() => setLeaving(false)}>
              Вернуться
            </Button>
            <Button onClick={done}>Уйти без ключа</Button>
          </DialogActions>
        </Dialog>
      )}
    </Stack>
  )
}

type SheetProps = Omit<Props, 'onDone'> & { hidden: boolean }

/** What is on the paper: on the screen the words and the picture alone. */
function Sheet({ paper: { words, identity }, folder, hidden }: SheetProps) {
  const { organization, today } = useSession()
  return (
    <article className={cx(styles.sheet, hidden && styles.paperOnly)} data-cut-apart>
      <PaperOnly>
        <h2 className={styles.title}>Ключ от резервных копий журнала</h2>
        <p>
          {organization.name} · {dayWithYear(today)}
        </p>
      </PaperOnly>
      <ol className={styles.words} aria-label="Слова ключа" translate="no">
        {words.map((word) => (
          <li key={word}>{word}</li>
        ))}
      </ol>
      <div className={styles.picture}>
        <QrCode text={identity} label="Тот же ключ картинкой" />
        <p className={styles.note}>
          Тот же ключ картинкой: её читает камера телефона, когда слова набирать некому.
        </p>
      </div>
      <PaperOnly>
        <ul className={styles.advice}>
          <li>Эти двенадцать слов открывают все копии журнала, когда сервера больше нет.</li>
          <li>
            Храните лист не в серверной: в сейфе, где печати и договоры. Второй можно держать в другом здании.
          </li>
          <li>
            Кто прочитает лист, откроет все записи о детях: не снимайте его на телефон и не пересылайте.
          </li>
          <li>
            Вернуть журнал: подключите папку с копиями к новому компьютеру, поставьте на него программу («npm
            ci»), запустите её («npm start»), откройте ссылку, которую она напечатает, и нажмите «Восстановить
            из копии».
          </li>
          {folder && (
            <li>
              Папка с копиями, когда печатался лист: <span translate="no">{folder}</span>
            </li>
          )}
          <li>Раз в 90 дней проверяйте лист: «Резервные копии» → «Проверить ещё раз».</li>
        </ul>
      </PaperOnly>
    </article>
  )
}
