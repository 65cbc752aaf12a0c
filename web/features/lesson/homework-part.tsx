import { type KeyboardEvent, type Ref, useSyncExternalStore } from 'react'
import type { LessonPage } from '#contract/lessons.ts'
import { Button } from '#ui/button.tsx'
import { TextArea } from '#ui/controls.tsx'
import { ButtonGroup, Card } from '#ui/layout.tsx'
import { LinkedText } from '#web/linked-text.tsx'
import { FieldState } from './field-state.tsx'
import styles from './lesson.module.css'
import { isSaid, shown } from './model/entry.ts'
import type { LessonStore } from './model/lesson-store.ts'
import type { HomeworkValue } from './model/wire.ts'
import { Told } from './told.tsx'
import { useDraft } from './use-draft.ts'

const MINUTES = [10, 15, 20, 30, 45]

type Props = {
  page: LessonPage
  store: LessonStore
  control: Ref<HTMLDivElement>
  onDone: () => void
  onReason: () => void
}

/** Homework with the minutes it takes; «не задано» is said on purpose. */
export function HomeworkPart({ page, store, control, onDone, onReason }: Props) {
  const entry = useSyncExternalStore(store.subscribe, store.homework)
  const record = useSyncExternalStore(store.subscribe, store.record)
  const { text, minutes } = shown(entry)
  const planned = plannedFor(page, shown(record).planItemId)
  const draft = useDraft(
    text ?? '',
    (typed) => {
      // A field that was entered and left empty says nothing; «не задано» has its own button.
      if (typed.trim() === '' && !isSaid(entry)) return
      store.putHomework(typed.trim() === '' ? NONE : { text: typed.trim(), minutes })
    },
    { begin: () => store.beginDraft('homework'), end: () => store.endDraft('homework') },
  )
  const put = (value: HomeworkValue) => {
    draft.leave()
    store.putHomework(value)
  }
  const isEmpty = draft.text.trim() === ''
  const noneGiven = isSaid(entry) && text === null
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    if (isEmpty && planned && !noneGiven) put(planned)
    else draft.leave()
    onDone()
  }
  return (
    <Card>
      {page.writable && (
        <div ref={control} className={styles.short}>
          <TextArea
            label="Домашнее задание"
            rows={2}
            maxLength={2000}
            value={draft.text}
            onChange={(event) => draft.change(event.target.value)}
            onBlur={draft.leave}
            onKeyDown={onKeyDown}
          />
        </div>
      )}
      {page.writable ? (
        <>
          {isEmpty && planned && !noneGiven && (
            <Button variant="primary" className={styles.proposal} onClick={() => put(planned)}>
              По плану: {homeworkWords(planned)}
            </Button>
          )}
          <div className={styles.chips}>
            <ButtonGroup label="Минут">
              {MINUTES.map((count) => (
                <Button
                  key={count}
                  aria-pressed={minutes === count}
                  disabled={isEmpty}
                  onClick={() => put({ text: draft.text.trim(), minutes: minutes === count ? null : count })}
                >
                  {count}
                </Button>
              ))}
            </ButtonGroup>
            <Button aria-pressed={noneGiven} onClick={() => put(NONE)}>
              Не задано
            </Button>
          </div>
        </>
      ) : (
        <Told label="Домашнее задание">
          <LinkedText text={isSaid(entry) ? homeworkWords(shown(entry)) : 'Не записано'} />
        </Told>
      )}
      <FieldState
        entry={entry}
        words={homeworkWords}
        onDecide={(choice) => store.decide('homework', choice)}
        onReason={onReason}
      />
    </Card>
  )
}

const NONE: HomeworkValue = { text: null, minutes: null }

/** Homework of the plan's line that the lesson has taken, or would take. */
function plannedFor({ plan }: LessonPage, planItemId: string | null): HomeworkValue | null {
  const line = plan?.items.find(({ id }) => id === (planItemId ?? plan.proposedId))
  return line?.homework ? { text: line.homework, minutes: line.minutes } : null
}

function homeworkWords({ text, minutes }: HomeworkValue): string {
  if (text === null) return 'не задано'
  return minutes === null ? text : `${text} (${minutes} мин)`
}
