import { useSyncExternalStore } from 'react'
import type { LessonChild, LessonPage } from '#contract/lessons.ts'
import { RowTroubles } from './child-row.tsx'
import styles from './lesson.module.css'
import { isSaid, shown } from './model/entry.ts'
import type { LessonStore } from './model/lesson-store.ts'

type Props = { page: LessonPage; store: LessonStore; onReason: () => void }

/** Attendance and marks of a lesson that this person may only read: words, and nothing that looks like a field. */
export function ReadRoll({ page, store, onReason }: Props) {
  return (
    <div className={styles.tableFrame}>
      <table className={styles.table} aria-labelledby="roll-title">
        <thead>
          <tr>
            <th scope="col">Воспитанник</th>
            <th scope="col" className={styles.told}>
              Посещаемость
            </th>
            {page.works.map(({ id, short, name, title }) => (
              <th key={id} scope="col">
                <abbr title={title || name}>{short}</abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {page.children.map((child, row) => (
            <ReadRow key={child.id} {...{ page, store, child, row, onReason }} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ReadRow({ page, store, child, row, onReason }: Props & { child: LessonChild; row: number }) {
  const entry = useSyncExternalStore(store.subscribe, () => store.roll(child.id))
  const { code } = shown(entry)
  const name = page.codes.find((one) => one.code === code)?.name
  return (
    <>
      <tr className={styles.child}>
        <th scope="row">
          <span className={styles.number}>{row + 1}</span>
          {child.name}
        </th>
        <td className={styles.told}>
          {!isSaid(entry) && 'не отмечено'}
          {isSaid(entry) && code === null && 'на уроке'}
          {isSaid(entry) && code !== null && (
            <>
              <b>{code}</b> {name && `— ${name.charAt(0).toLowerCase()}${name.slice(1)}`}
            </>
          )}
        </td>
        {page.works.map(({ id, short }) => (
          <ReadMark key={id} store={store} workId={id} short={short} studentId={child.id} />
        ))}
      </tr>
      <RowTroubles child={child} page={page} store={store} onReason={onReason} width={0} />
    </>
  )
}

type MarkProps = { store: LessonStore; workId: string; short: string; studentId: string }

function ReadMark({ store, workId, short, studentId }: MarkProps) {
  const entry = useSyncExternalStore(store.subscribe, () => store.mark(workId, studentId))
  const { value, comment } = shown(entry)
  return (
    <td data-work={short} title={comment ?? undefined}>
      <b>{value}</b>
      {comment && <span className={styles.comment}> {comment}</span>}
    </td>
  )
}
