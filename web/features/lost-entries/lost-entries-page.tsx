import { useEffect, useState } from 'react'
import type { LessonPage } from '#contract/lessons.ts'
import type { GivenBack } from '#contract/lost-entries.ts'
import { Button } from '#ui/button.tsx'
import { CardList } from '#ui/cards.tsx'
import { TextField } from '#ui/controls.tsx'
import { Dialog, DialogActions } from '#ui/dialog.tsx'
import { EmptyState, PageHeader, Row, Skeleton, Stack } from '#ui/layout.tsx'
import { announce, toast } from '#web/announce.ts'
import { call } from '#web/api.ts'
import { counted, moment } from '#web/formats.ts'
import { LoadFailure } from '#web/load-failure.tsx'
import { outbox } from '#web/outbox.ts'
import { lostEntries } from '#web/restored.ts'
import { type Session, useSession } from '#web/session.ts'
import { useStore } from '#web/store.ts'
import { useTitle } from '#web/title.ts'
import { ordersOf, without } from './lines.ts'
import { LostLessonCard } from './lost-lesson-card.tsx'
import { type LostLesson, type LostLine, useLostLessons } from './use-lost-lessons.ts'

const REASON = 'Внесено заново: журнал восстановлен из резервной копии'
const entriesOf = (count: number) => counted(count, 'запись', 'записи', 'записей')

/** What one has entered and a restore has taken back: looked at beside what stands now, entered again or given up. */
export function LostEntriesPage() {
  useTitle('Записи после восстановления')
  const session = useSession()
  const operations = useStore(lostEntries.state)
  const { lessons, failed, isPending } = useLostLessons(operations)
  const [choices, setChoices] = useState<ReadonlyMap<string, boolean>>(new Map())
  const [reason, setReason] = useState(REASON)
  const [givingUp, setGivingUp] = useState(false)
  const standing = lessons.flatMap(({ lines }) => lines.filter(({ state }) => state === 'same'))
  const settled = standing.map(({ key }) => key).join()
  // What stands in the journal needs no decision.
  useEffect(() => {
    if (settled) void forget(new Set(settled.split(',')))
  }, [settled])
  const chosen = (line: LostLine) =>
    line.state !== null && (choices.get(line.key) ?? line.state === 'as-before')
  const all = lessons.flatMap(({ lines }) => lines)
  const ticked = all.filter(chosen)
  const late = lessons.some(({ page, lines }) => page && isLate(page.lesson.state) && lines.some(chosen))

  function enter() {
    for (const order of ordersFor(lessons, chosen, reason)) outbox.enqueue(order)
    void forget(new Set(ticked.map(({ key }) => key)))
    tell({ entered: ticked.length, putAside: 0 })
    toast(`Внесено заново: ${entriesOf(ticked.length)}`)
  }

  const untick = all.filter((line) => !chosen(line))
  return (
    <Stack>
      <PageHeader title="Записи после восстановления" lead={leadOf(session, operations.length > 0)} />
      {failed && <LoadFailure title="Уроки не открылись" query={failed} />}
      {isPending && operations.length > 0 && <Skeleton lines={8} />}
      {operations.length === 0 && (
        <EmptyState title="Вносить заново нечего">
          На этом устройстве нет ваших записей, которых не было бы в журнале.
        </EmptyState>
      )}
      {!isPending && operations.length > 0 && (
        <>
          <CardList>
            {lessons.map((lesson) => (
              <li key={lesson.lessonId}>
                <LostLessonCard
                  lesson={lesson}
                  isChosen={chosen}
                  onChoose={(keys, isTicked) =>
                    setChoices(
                      (before) => new Map([...before, ...keys.map((key) => [key, isTicked] as const)]),
                    )
                  }
                />
              </li>
            ))}
          </CardList>
          {late && (
            <TextField
              label="Причина, по которой записи прошедших уроков вносятся теперь"
              value={reason}
              maxLength={300}
              onChange={(event) => setReason(event.target.value)}
              error={reason.trim().length < 3 ? 'Напишите причину: она останется при записи.' : null}
            />
          )}
          <Row>
            <Button
              variant="primary"
              disabled={ticked.length === 0 || (late && reason.trim().length < 3)}
              onClick={enter}
            >
              Внести отмеченные: {ticked.length}
            </Button>
            {untick.length > 0 && (
              <Button onClick={() => setGivingUp(true)}>Не вносить остальные: {untick.length}</Button>
            )}
          </Row>
        </>
      )}
      {givingUp && (
        <GiveUp
          count={untick.length}
          onClose={() => setGivingUp(false)}
          onSure={() => {
            setGivingUp(false)
            void forget(new Set(untick.map(({ key }) => key)))
            tell({ entered: 0, putAside: untick.length })
            announce(`Больше не предлагаем: ${entriesOf(untick.length)}`)
          }}
        />
      )}
    </Stack>
  )
}

/** Counted for whoever answers for the journal; the entries themselves do not wait for it. */
const tell = (given: GivenBack): void =>
  void call('POST', '/api/restores/given-back', { body: given }).catch(() => undefined)

const isLate = (state: LessonPage['lesson']['state']): boolean => state !== 'today'

function leadOf({ restore }: Session, isAny: boolean): string {
  const until = restore?.until ? `: в нём снова то, что стояло ${moment(restore.until)}` : ''
  const when = restore ? `Журнал восстановлен из резервной копии${until}. ` : ''
  return isAny
    ? `${when}Эти записи вы сделали на этом устройстве, и в журнале их теперь нет. Отмеченные можно внести заново.`
    : when
}

/** What goes to the server for the lines that were chosen; a reason that was given before is given again. */
function ordersFor(lessons: readonly LostLesson[], chosen: (line: LostLine) => boolean, reason: string) {
  return lessons.flatMap(({ page, lines, lateReason }) => {
    const values = lines.filter(chosen).map(({ value }) => value)
    if (!page || values.length === 0) return []
    return ordersOf(page, values, isLate(page.lesson.state) ? (lateReason ?? reason) : null)
  })
}

/** Nothing of these records is kept on this device any more. */
async function forget(keys: ReadonlySet<string>): Promise<void> {
  for (const operation of lostEntries.state.get()) {
    const left = without(operation, keys)
    if (left !== operation) await lostEntries.settle(operation, left)
  }
}

type GiveUpProps = { count: number; onClose: () => void; onSure: () => void }

function GiveUp({ count, onClose, onSure }: GiveUpProps) {
  return (
    <Dialog title="Не вносить эти записи?" onClose={onClose}>
      <p>
        {entriesOf(count)} без отметки исчезнут с этого устройства, и внести их отсюда будет уже нельзя. В
        журнале ничего не изменится.
      </p>
      <DialogActions>
        <Button onClick={onSure}>Не вносить</Button>
        <Button variant="primary" onClick={onClose}>
          Вернуться к списку
        </Button>
      </DialogActions>
    </Dialog>
  )
}
