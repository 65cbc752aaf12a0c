import { Link, useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react'
import type { GradebookWork } from '#contract/gradebook.ts'
import type { LessonPage } from '#contract/lessons.ts'
import { CONTROL } from '#domain/access/access.ts'
import { journalTitle } from '#domain/text/journal-title.ts'
import { Button } from '#ui/button.tsx'
import { Soft } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { dayMonth } from '#web/formats.ts'
import { LateReasonDialog } from '#web/late-reason-dialog.tsx'
import type { ReadPage } from '#web/outbox.ts'
import { hasRole, useSession } from '#web/session.ts'
import { paths } from '../../paths.ts'
import { focusCell } from './grid-keys.ts'
import { HomeworkPart } from './homework-part.tsx'
import styles from './lesson.module.css'
import { NotesPart } from './notes-part.tsx'
import { PaperLesson } from './paper-lesson.tsx'
import { RollPart } from './roll-part.tsx'
import { SubstitutionDialog } from './substitution-dialog.tsx'
import { TopicPart } from './topic-part.tsx'
import { useLessonStore } from './use-lesson.ts'
import { WorkDialog } from './work-dialog.tsx'

type Open =
  | { kind: 'reason' }
  | { kind: 'substitution' }
  | { kind: 'work'; work: GradebookWork | null }
  | null

// Where a finger types, the screen's keyboard must not jump up by itself.
const byKeyboard = matchMedia('(pointer: fine)')

/** The lesson once its data has come: topic, homework, roll with marks, and what is rarer below. */
export function LessonScreen({ page, refetch }: { page: ReadPage<LessonPage>; refetch: () => unknown }) {
  const [open, setOpen] = useState<Open>(null)
  const again = useCallback(() => void refetch(), [refetch])
  const store = useLessonStore(page, again)
  const topic = useRef<HTMLDivElement>(null)
  const homework = useRef<HTMLDivElement>(null)
  const roll = useRef<HTMLButtonElement>(null)
  const screen = useRef<HTMLDivElement>(null)
  const navigate = useNavigate()
  const { lesson, writable, nextId } = page
  const isNew = page.record.version === 0
  const close = () => setOpen(null)
  const toMarks = () => {
    if (!screen.current) return
    if (byKeyboard.matches) focusFirstMark(screen.current)
    else focusCell(screen.current, 0, 0)
  }
  const toRoll = () => (roll.current ? roll.current.focus() : toMarks())
  const askReason = () => setOpen({ kind: 'reason' })
  const saved = () => {
    close()
    again()
  }
  useEffect(() => store.onReasonWanted(() => setOpen({ kind: 'reason' })), [store])
  useEffect(() => {
    if (store.waitsForReason()) setOpen({ kind: 'reason' })
  }, [store])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another lesson opens
  useEffect(() => {
    // After the heading has had its turn, so that the screen is announced first; and never away from a field that
    // somebody quicker is already in: what is typed there would be the topic.
    const timer = setTimeout(() => {
      const taken = screen.current?.contains(document.activeElement)
      if (writable && isNew && byKeyboard.matches && !taken) focusIn(topic.current)
    }, 50)
    return () => clearTimeout(timer)
  }, [lesson.id])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    if (nextId) void navigate({ to: paths.lesson, params: { lessonId: nextId } })
    else void navigate({ to: paths.day, params: { day: lesson.day } })
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears a shortcut of the whole screen
    <div className={styles.screen} ref={screen} onKeyDown={onKeyDown}>
      <div className={styles.side}>
        <StateNotice page={page} />
        <SubstituteNotice page={page} onSubstitution={() => setOpen({ kind: 'substitution' })} />
        <TopicPart
          page={page}
          store={store}
          control={topic}
          onDone={() => (homework.current ? focusIn(homework.current) : toRoll())}
          onReason={askReason}
        />
        {lesson.kind === 'lessons' && (
          <HomeworkPart page={page} store={store} control={homework} onDone={toRoll} onReason={askReason} />
        )}
        {writable && (
          <p className={styles.keys}>
            <Soft>
              Enter — принять предложенное и дальше, Ctrl + Enter —{' '}
              {nextId ? 'следующий урок' : 'к списку дня'}
            </Soft>
          </p>
        )}
      </div>
      <RollPart
        page={page}
        store={store}
        control={roll}
        onDone={toMarks}
        onReason={askReason}
        onWork={(work) => setOpen({ kind: 'work', work })}
      />
      <div className={styles.notes}>
        <NotesPart page={page} store={store} onSubstitution={() => setOpen({ kind: 'substitution' })} />
      </div>
      <PaperLesson page={page} store={store} />
      {open?.kind === 'work' && <WorkDialog page={page} work={open.work} onSaved={saved} onClose={close} />}
      {open?.kind === 'substitution' && <SubstitutionDialog page={page} onSaved={saved} onClose={close} />}
      {open?.kind === 'reason' && (
        <LateReasonDialog
          lessons={[`${journalTitle(lesson.subject, lesson.group)}, ${dayMonth(lesson.day)}`]}
          onClose={close}
          onReason={(reason) => {
            store.giveReason(reason)
            close()
          }}
        />
      )}
    </div>
  )
}

function focusIn(part: HTMLElement | null) {
  part?.querySelector('textarea')?.focus()
}

function focusFirstMark(screen: HTMLElement) {
  const place = screen.querySelector<HTMLElement>('input[data-cell]')?.dataset.cell
  const [row, column] = (place ?? '0 0').split(' ').map(Number)
  focusCell(screen, row ?? 0, column ?? 0)
}

/** To the teacher of the journal, before anything is entered: the lesson is somebody else's. */
function SubstituteNotice({ page, onSubstitution }: { page: LessonPage; onSubstitution: () => void }) {
  const { person } = useSession()
  const { substitution, teacher, writable, maySubstitute } = page
  if (!writable || !substitution.name || person.name === substitution.name) return null
  if (person.name !== teacher) return null
  return (
    <Notice
      tone="warn"
      title={`Этот урок по замене ведёт ${substitution.name}`}
      action={maySubstitute && <Button onClick={onSubstitution}>Изменить замену</Button>}
    >
      Если урок всё же вели вы, сначала исправьте замену: запись урока хранит, кто его провёл.
    </Notice>
  )
}

function StateNotice({ page: { lesson, writable, lateReason } }: { page: LessonPage }) {
  const control = hasRole(useSession(), ...CONTROL)
  if (lesson.state === 'ahead')
    return <Notice>Урок ещё не прошёл: записать его можно в день проведения.</Notice>
  if (lesson.state === 'closed')
    return (
      <Notice tone="warn">
        Срок записи прошёл. Снова открыть урок для записи может заместитель директора
        {control ? (
          <>
            : <Link to={paths.windows}>открытые уроки</Link>
          </>
        ) : (
          '.'
        )}
      </Notice>
    )
  if (!writable) return <Notice>Только для просмотра: записывает учитель урока.</Notice>
  if (lesson.state === 'late' && !lateReason)
    return <Notice tone="warn">Урок уже прошёл: чтобы записать или исправить, понадобится причина.</Notice>
  return null
}
