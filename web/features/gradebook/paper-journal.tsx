import { cx } from '#ui/cx.ts'
import { PaperOnly, Signatures } from '#ui/paper.tsx'
import { averageText, shortDay, weekday } from '#web/formats.ts'
import { usePrinting } from '#web/printing.ts'
import { StaffName } from '#web/staff-name.tsx'
import { ATTENDANCE_COLUMN } from './head.tsx'
import { workWords } from './model/cell-words.ts'
import type { GridView } from './model/grid-view.ts'
import { type Sheet, sheetsOf } from './model/sheets.ts'
import styles from './paper-journal.module.css'

// As many as stand legibly beside the names on A4 across.
const COLUMNS_ON_A_SHEET = 22

/** The journal as a paper one: as many sheets as its dates need, names on each, topics after them. */
export function PaperJournal({ view }: { view: GridView }) {
  const printing = usePrinting()
  if (!printing) return null
  const { columns, gradebook, students } = view.model
  const sheets = sheetsOf(columns, COLUMNS_ON_A_SHEET)
  return (
    <PaperOnly>
      {sheets.map((sheet, n) => (
        <SheetTable
          key={sheet[0]?.lesson.id}
          view={view}
          sheet={sheet}
          averages={n === sheets.length - 1 && !gradebook.journal.gradeless}
        />
      ))}
      <Key view={view} />
      {students.length > 0 && <Topics view={view} />}
      <Signatures of={['учитель', 'заместитель директора']} />
    </PaperOnly>
  )
}

type SheetProps = { view: GridView; sheet: Sheet; averages: boolean }

function SheetTable({ view, sheet, averages }: SheetProps) {
  const columns = sheet.flatMap((lesson) => lesson.columns)
  return (
    <table className={styles.sheet}>
      <thead>
        <tr>
          <th rowSpan={2} className={styles.number}>
            №
          </th>
          <th rowSpan={2} className={styles.name}>
            Фамилия, имя
          </th>
          {sheet.map(({ lesson, columns: own }) => (
            <th key={lesson.id} colSpan={own.length} className={styles.date}>
              {shortDay(lesson.day)}
              <br />
              {weekday(lesson.day)}
              {lesson.period !== null && ` ${lesson.period}`}
            </th>
          ))}
          {averages && (
            <th rowSpan={2} className={styles.average}>
              Ср. балл
            </th>
          )}
        </tr>
        <tr>
          {columns.map(({ work, lesson }) => (
            <th key={work?.id ?? lesson.id} className={styles.work}>
              {work?.short ?? ATTENDANCE_COLUMN}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {view.model.students.map((student, row) => (
          <tr key={student.id}>
            <td className={styles.number}>{row + 1}</td>
            <th scope="row" className={styles.name}>
              {student.name}
            </th>
            {columns.map((column) => {
              const { mark, attendance } = view.cell({ row, column: column.index })
              return (
                <td key={column.work?.id ?? column.lesson.id} className={cx(column.first && styles.first)}>
                  {mark !== null && <b>{mark}</b>}
                  {mark !== null && attendance !== null && ' '}
                  {attendance}
                </td>
              )
            })}
            {averages && <td>{averageText(view.average(row))}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What the letters mean, for whoever holds only the paper. */
function Key({ view }: { view: GridView }) {
  const { columns, gradebook } = view.model
  const works = new Map(columns.flatMap(({ work }) => (work ? [[work.short, work.name] as const] : [])))
  const codes = gradebook.codes.map(({ code, name }) => `${code} — ${name.toLowerCase()}`)
  const kinds = [...works].map(([short, name]) => `${short} — ${name.toLowerCase()}`)
  const alone = columns.some(({ work }) => work === null) ? [`${ATTENDANCE_COLUMN} — посещаемость`] : []
  return <p className={styles.key}>{[...codes, ...kinds, ...alone].join('; ')}.</p>
}

/** The right page of a paper journal: what each lesson was about. */
function Topics({ view }: { view: GridView }) {
  const lessons = [...new Set(view.model.columns.map(({ lesson }) => lesson))]
  return (
    <table className={cx(styles.sheet, styles.topics)}>
      <thead>
        <tr>
          <th className={styles.day}>Дата</th>
          <th>Тема урока</th>
          <th className={styles.kinds}>Работы</th>
          <th className={styles.kinds}>Кто вместо учителя</th>
        </tr>
      </thead>
      <tbody>
        {lessons.map(({ id, day, period, topic, works, substitute }) => (
          <tr key={id}>
            <td>
              {shortDay(day)}
              {period !== null && `, ${period}`}
            </td>
            <td>{topic}</td>
            <td>
              {works
                .filter(({ title }) => title)
                .map(workWords)
                .join('; ')}
            </td>
            <td>{substitute && <StaffName of={substitute} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
