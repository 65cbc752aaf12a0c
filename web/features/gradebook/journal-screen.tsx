import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from 'react'
import type { Gradebook } from '#contract/gradebook.ts'
import { EmptyState } from '#ui/layout.tsx'
import { useKept } from '#web/kept.ts'
import { LateReasonDialog } from '#web/late-reason-dialog.tsx'
import type { ReadPage } from '#web/outbox.ts'
import { CellBar, TroubleBar } from './cell-bar.tsx'
import { CellMenu, CommentDialog, HistoryDialog } from './cell-dialogs.tsx'
import { Grid } from './grid.tsx'
import styles from './journal-screen.module.css'
import { JournalToolbar, type Shape } from './journal-toolbar.tsx'
import { Legend } from './legend.tsx'
import { LessonList } from './lesson-list.tsx'
import { lessonWords } from './model/cell-words.ts'
import type { Range } from './model/grid-model.ts'
import { PaperJournal } from './paper-journal.tsx'
import { useGridActions, useJournalStore } from './use-journal.ts'

type Open = 'comment' | 'menu' | 'history' | 'reason' | null

const phone = matchMedia('(max-width: 37.49rem)')

type Props = { gradebook: ReadPage<Gradebook>; refetch: () => unknown }

/** The journal once its data has come. */
export function JournalScreen({ gradebook, refetch }: Props) {
  const [range, setRange] = useKept<Range>('journal range', 'intake')
  const [shape, setShape] = useKept<Shape>('journal shape', phone.matches ? 'list' : 'grid')
  const [open, setOpen] = useState<Open>(null)
  const again = useCallback(() => void refetch(), [refetch])
  const store = useJournalStore(gradebook, again)
  const actions = useGridActions(gradebook, range, store)
  const opens = useMemo(() => ({ comment: () => setOpen('comment'), menu: () => setOpen('menu') }), [])
  const close = () => setOpen(null)
  useEffect(() => store.onReasonWanted(() => setOpen('reason')), [store])
  // Before the records are told what is new: the grid keeps what it has drawn, and would never draw it anew.
  useLayoutEffect(() => actions.view.connect(), [actions])

  if (gradebook.students.length === 0) {
    return (
      <EmptyState title="В группе пока нет воспитанников">
        Список ведёт администратор или секретарь.
      </EmptyState>
    )
  }
  if (gradebook.lessons.length === 0) {
    return (
      <EmptyState title="Уроков пока нет">Они появятся, когда будет готово расписание заезда.</EmptyState>
    )
  }
  const lateLessons = gradebook.lessons.filter(({ id }) => store.lessonsWithoutReason().includes(id))
  return (
    <div className={styles.screen}>
      <JournalToolbar actions={actions} range={range} shape={shape} onRange={setRange} onShape={setShape} />
      {shape === 'list' && actions.view.model.columns.length > 0 ? (
        <LessonList actions={actions} onMenu={opens.menu} />
      ) : (
        <Grid actions={actions} opens={opens} />
      )}
      {shape === 'list' ? (
        <TroubleBar actions={actions} onReason={() => setOpen('reason')} />
      ) : (
        <CellBar
          actions={actions}
          small={phone.matches}
          onMenu={opens.menu}
          onComment={opens.comment}
          onHistory={() => setOpen('history')}
          onReason={() => setOpen('reason')}
        />
      )}
      <Legend gradebook={gradebook} />
      <PaperJournal view={actions.view} />
      {open === 'comment' && <CommentDialog actions={actions} onClose={close} />}
      {open === 'history' && <HistoryDialog actions={actions} onClose={close} />}
      {open === 'menu' && (
        <CellMenu
          actions={actions}
          onClose={close}
          onComment={opens.comment}
          onHistory={() => setOpen('history')}
        />
      )}
      {open === 'reason' && (
        <LateReasonDialog
          lessons={lateLessons.map(lessonWords)}
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
