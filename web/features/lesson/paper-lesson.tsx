import type { GradebookWork } from '#contract/gradebook.ts'
import type { LessonPage } from '#contract/lessons.ts'
import { PaperOnly, Signatures } from '#ui/paper.tsx'
import { Table } from '#ui/table.tsx'
import { moment } from '#web/formats.ts'
import { usePrinting } from '#web/printing.ts'
import { useStaffName } from '#web/staff-name.tsx'
import { isSaid, shown } from './model/entry.ts'
import type { LessonStore } from './model/lesson-store.ts'

/** The lesson on paper: words instead of fields, and one table of who was there and what they got. */
export function PaperLesson({ page, store }: { page: LessonPage; store: LessonStore }) {
  const printing = usePrinting()
  const nameOf = useStaffName()
  if (!printing) return null
  const { topic, comment } = shown(store.record())
  const { lesson, works, children, substitution, record, lateReason } = page
  const facts = [
    ['Тема урока', topic ?? 'не записана'],
    ...(lesson.kind === 'lessons' ? [['Домашнее задание', homeworkWords(store)]] : []),
    ...(comment ? [['Комментарий', comment]] : []),
    ...(substitution.name ? [['Замена', `ведёт ${substitution.name}`]] : []),
    ...(record.enteredAt
      ? [
          [
            'Записано',
            [moment(record.enteredAt), record.enteredBy && nameOf(record.enteredBy)]
              .filter(Boolean)
              .join(', '),
          ],
        ]
      : []),
    ...(lateReason ? [['Внесено позже, причина', lateReason]] : []),
  ]
  return (
    <PaperOnly>
      {facts.map(([name, words]) => (
        <p key={name}>
          <b>{name}:</b> {words}
        </p>
      ))}
      {children.length > 0 && (
        <Table label="Посещаемость и отметки">
          <thead>
            <tr>
              <th scope="col">№</th>
              <th scope="col">Фамилия, имя, отчество</th>
              <th scope="col">Посещаемость</th>
              {works.map((work) => (
                <th key={work.id} scope="col">
                  {titleOf(work)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {children.map(({ id, name }, n) => (
              <tr key={id}>
                <td>{n + 1}</td>
                <th scope="row">{name}</th>
                <td>{attendanceWords(page, store, id)}</td>
                {works.map((work) => (
                  <td key={work.id}>{markWords(store, work.id, id)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      <Signatures of={['учитель', 'заместитель директора']} />
    </PaperOnly>
  )
}

const titleOf = ({ name, title }: GradebookWork): string => (title ? `${name} «${title}»` : name)

function homeworkWords(store: LessonStore): string {
  const entry = store.homework()
  if (!isSaid(entry)) return 'не записано'
  const { text, minutes } = shown(entry)
  if (text === null) return 'не задано'
  return minutes === null ? text : `${text} (${minutes} мин)`
}

function attendanceWords({ codes }: LessonPage, store: LessonStore, studentId: string): string {
  const entry = store.roll(studentId)
  if (!isSaid(entry)) return ''
  const { code } = shown(entry)
  if (code === null) return '✓'
  const name = codes.find((one) => one.code === code)?.name
  return name ? `${code} — ${name.toLowerCase()}` : code
}

function markWords(store: LessonStore, workId: string, studentId: string): string {
  const { value, comment } = shown(store.mark(workId, studentId))
  return [value, comment].filter(Boolean).join(' — ')
}
