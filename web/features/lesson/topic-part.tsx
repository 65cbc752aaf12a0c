import { type KeyboardEvent, type Ref, useSyncExternalStore } from 'react'
import type { LessonPage, PlanItem } from '#contract/lessons.ts'
import { Button } from '#ui/button.tsx'
import { Select, TextArea } from '#ui/controls.tsx'
import { Card } from '#ui/layout.tsx'
import { FieldState } from './field-state.tsx'
import styles from './lesson.module.css'
import { shown } from './model/entry.ts'
import type { LessonStore } from './model/lesson-store.ts'
import { Told } from './told.tsx'
import { useDraft } from './use-draft.ts'

type Props = {
  page: LessonPage
  store: LessonStore
  control: Ref<HTMLDivElement>
  /** Enter: what was proposed is taken, the next part has the focus. */
  onDone: () => void
  onReason: () => void
}

/** The topic: one press takes what the plan proposes, typing replaces it. */
export function TopicPart({ page, store, control, onDone, onReason }: Props) {
  const entry = useSyncExternalStore(store.subscribe, store.record)
  const { topic, planItemId } = shown(entry)
  const items = page.plan?.items ?? []
  const proposed = items.find(({ id }) => id === page.plan?.proposedId)
  const draft = useDraft(
    topic ?? '',
    (text) => {
      const typed = text.trim() || null
      store.putRecord({ topic: typed, planItemId: typed === null ? null : planItemId })
    },
    { begin: () => store.beginDraft('record'), end: () => store.endDraft('record') },
  )
  const accept = (item: PlanItem) => {
    draft.leave()
    store.putRecord({ topic: item.topic, planItemId: item.id })
  }
  const isEmpty = draft.text.trim() === ''
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    if (isEmpty && proposed) accept(proposed)
    else draft.leave()
    onDone()
  }
  return (
    <Card>
      {!page.writable && <Told label="Тема урока">{topic ?? 'Не записана'}</Told>}
      {page.writable && (
        <div ref={control} className={styles.short}>
          <TextArea
            label="Тема урока"
            rows={2}
            maxLength={500}
            value={draft.text}
            onChange={(event) => draft.change(event.target.value)}
            onBlur={draft.leave}
            onKeyDown={onKeyDown}
          />
        </div>
      )}
      {page.writable && isEmpty && proposed && (
        <Button variant="primary" className={styles.proposal} onClick={() => accept(proposed)}>
          По плану: {proposed.position}. {proposed.topic}
        </Button>
      )}
      {page.writable && items.length > 0 && (
        <Select
          label="Другая тема из плана"
          value={planItemId ?? ''}
          onChange={(event) => {
            const item = items.find(({ id }) => id === event.target.value)
            if (item) accept(item)
          }}
        >
          <option value="" disabled>
            Выберите из {items.length}
          </option>
          {items.map((item) => (
            <option key={item.id} value={item.id}>
              {item.position}. {item.topic}
              {item.used ? ' — уже записана' : ''}
            </option>
          ))}
        </Select>
      )}
      <FieldState
        entry={entry}
        words={(value) => value.topic ?? 'темы нет'}
        onDecide={(choice) => store.decide('record', choice)}
        onReason={onReason}
      />
    </Card>
  )
}
