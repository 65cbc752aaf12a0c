import { memo } from 'react'
import type { GradebookLesson } from '#contract/gradebook.ts'
import { cx } from '#ui/cx.ts'
import { shortDay, weekday } from '#web/formats.ts'
import styles from './grid.module.css'
import { LessonLink } from './lesson-link.tsx'
import { closedWords, lessonWords, weightWords, workWords } from './model/cell-words.ts'
import { type Column, type GridModel, lessonClosedReason } from './model/grid-model.ts'

/** Head of a column that has no work: only who was there. */
export const ATTENDANCE_COLUMN = 'явка'

/** Lesson dates, each over the works of that lesson. */
export const Head = memo(function Head({ model }: { model: GridModel }) {
  const lessons = [...new Set(model.columns.map(({ lesson }) => lesson))]
  const { gradeless } = model.gradebook.journal
  return (
    <thead>
      <tr>
        <th className={styles.corner} scope="col" rowSpan={2}>
          Воспитанник
        </th>
        {lessons.map((lesson) => (
          <LessonHead key={lesson.id} lesson={lesson} model={model} />
        ))}
        {!gradeless && (
          <th className={styles.averageHead} scope="col" rowSpan={2} title="Средний балл с учётом веса работ">
            Ср.&nbsp;балл
          </th>
        )}
      </tr>
      <tr>
        {model.columns.map((column) => (
          <WorkHead key={column.work?.id ?? column.lesson.id} column={column} />
        ))}
      </tr>
    </thead>
  )
})

function LessonHead({ lesson, model }: { lesson: GradebookLesson; model: GridModel }) {
  const { today } = model.gradebook
  const closed = lessonClosedReason(model.gradebook, lesson)
  const unfilled = !lesson.recorded && (lesson.state === 'late' || lesson.state === 'closed')
  const words = [
    lessonWords(lesson),
    lesson.topic ? `тема: ${lesson.topic}` : 'тема не записана',
    lesson.substitute && `замена: ${lesson.substitute}`,
    unfilled && 'урок не заполнен',
    closed && closedWords[closed],
  ].filter(Boolean)
  return (
    <th
      scope="colgroup"
      colSpan={Math.max(1, lesson.works.length)}
      className={cx(styles.date, styles.lessonStart, lesson.day === today && styles.today)}
    >
      <LessonLink lessonId={lesson.id} label={words.join(', ')}>
        <b>{shortDay(lesson.day)}</b>
        <span>
          {weekday(lesson.day)}
          {lesson.period !== null && ` · ${lesson.period}`}
        </span>
        {unfilled && <i className={styles.unfilled} />}
      </LessonLink>
    </th>
  )
}

function WorkHead({ column: { work, lesson, first } }: { column: Column }) {
  const words = work ? `${workWords(work)}, ${weightWords(work)}` : 'посещаемость'
  return (
    <th scope="col" className={cx(styles.work, first && styles.lessonStart)} title={words}>
      <abbr title={`${lessonWords(lesson)}, ${words}`}>{work?.short ?? ATTENDANCE_COLUMN}</abbr>
    </th>
  )
}
