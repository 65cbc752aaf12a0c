import { useSyncExternalStore } from 'react'
import type { LessonPage } from '#contract/lessons.ts'
import { Button } from '#ui/button.tsx'
import { TextArea } from '#ui/controls.tsx'
import { Card, Soft } from '#ui/layout.tsx'
import { dayMonth, moment } from '#web/formats.ts'
import { StaffName } from '#web/staff-name.tsx'
import styles from './lesson.module.css'
import { shown } from './model/entry.ts'
import type { LessonStore } from './model/lesson-store.ts'
import { Told } from './told.tsx'
import { useDraft } from './use-draft.ts'

type Props = { page: LessonPage; store: LessonStore; onSubstitution: () => void }

/** What is not needed every day: comment, substitution, when and by whom the record was made. */
export function NotesPart({ page, store, onSubstitution }: Props) {
  const entry = useSyncExternalStore(store.subscribe, store.record)
  const draft = useDraft(
    shown(entry).comment ?? '',
    (text) => store.putRecord({ comment: text.trim() || null }),
    { begin: () => store.beginDraft('record'), end: () => store.endDraft('record') },
  )
  const { substitution, teacher } = page
  return (
    <Card>
      {!page.writable && draft.text && <Told label="Комментарий к уроку">{draft.text}</Told>}
      {page.writable && (
        <div className={styles.short}>
          <TextArea
            label="Комментарий к уроку"
            optional
            rows={2}
            maxLength={1000}
            value={draft.text}
            onChange={(event) => draft.change(event.target.value)}
            onBlur={draft.leave}
          />
        </div>
      )}
      <p>
        {substitution.substituteId
          ? `Замена: ведёт ${substitution.name}${substitution.reason ? `, ${substitution.reason}` : ''}`
          : `Ведёт ${teacher}`}
      </p>
      {page.maySubstitute && (
        <Button onClick={onSubstitution}>
          {substitution.substituteId ? 'Изменить замену' : 'Записать замену'}
        </Button>
      )}
      <Moments page={page} />
    </Card>
  )
}

/** When the record was made and by whom, and what of it came later. */
function Moments({ page: { record, lateReason, correction } }: { page: LessonPage }) {
  return (
    <>
      {record.enteredAt && (
        <Soft>
          Записано {moment(record.enteredAt)}
          {record.enteredBy && (
            <>
              , <StaffName of={record.enteredBy} />
            </>
          )}
        </Soft>
      )}
      {record.correctedAt && (
        <Soft>
          Исправлено {moment(record.correctedAt)}
          {record.correctedBy && (
            <>
              , <StaffName of={record.correctedBy} />
            </>
          )}
        </Soft>
      )}
      {lateReason && <Soft>Внесено позже, причина: {lateReason}</Soft>}
      {correction && (
        <Soft>
          Исправления после урока с {dayMonth(correction.enteredOn)}, <StaffName of={correction.by} />,
          причина: {correction.reason}
        </Soft>
      )}
    </>
  )
}
