import type { DiaryHomework, DiaryLesson, DiaryMark } from '#contract/diary.ts'
import { VisuallyHidden } from '#ui/layout.tsx'
import { Badge } from '#ui/notice.tsx'
import { decimal, roomText, shortDay } from '#web/formats.ts'
import { groupText } from '#web/group-text.ts'
import { LinkedText } from '#web/linked-text.tsx'
import { StaffName } from '#web/staff-name.tsx'
import { timeText } from '#web/time-text.ts'
import styles from './diary.module.css'

/** One lesson: what it was about, what to do for it, how it was judged. Nothing hides behind a hover. */
export function LessonItem({ lesson, className }: { lesson: DiaryLesson; className: string | null }) {
  const { subject, topic, marks, due, homework, attendance } = lesson
  const group = groupText(subject, lesson.group, className)
  return (
    <li className={styles.lesson}>
      <div className={styles.when}>
        <VisuallyHidden>{lesson.period === null ? 'занятие' : `урок ${lesson.period}`}, </VisuallyHidden>
        <b aria-hidden="true">{lesson.period ?? '·'}</b>
        <span>{lesson.startsAt}</span>
      </div>
      {/* One column on the screen, three beside each other on paper. */}
      <div className={styles.what}>
        <div className={styles.part}>
          <h3>
            {subject}
            {group && <span className={styles.group}> · {group}</span>}
          </h3>
          <Place lesson={lesson} />
          {attendance && (
            <p>
              <Badge tone={attendance.counted ? 'warn' : 'info'}>{attendance.name}</Badge>
              {attendance.note && <span className={styles.soft}> {attendance.note}</span>}
            </p>
          )}
        </div>
        <div className={styles.part}>
          {topic && <p className={styles.topic}>{topic}</p>}
          <dl className={styles.home}>
            {due && <HomeworkLine label={`К уроку (задано ${shortDay(due.setOn)})`} homework={due} />}
            {homework && <HomeworkLine label="На следующий урок" homework={homework} />}
          </dl>
        </div>
        <Marks marks={marks} />
      </div>
    </li>
  )
}

function Place({ lesson: { room, teacher, substitute } }: { lesson: DiaryLesson }) {
  return (
    <p className={styles.soft}>
      {room && `${roomText(room)} · `}
      {substitute ? (
        <>
          <Badge tone="info">замена</Badge> <StaffName of={substitute} />, по расписанию{' '}
          <StaffName of={teacher} />
        </>
      ) : (
        <StaffName of={teacher} />
      )}
    </p>
  )
}

function HomeworkLine({ label, homework: { text, minutes } }: { label: string; homework: DiaryHomework }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <LinkedText text={text} />
        {minutes ? <span className={styles.soft}> · {timeText(minutes)}</span> : null}
      </dd>
    </div>
  )
}

function Marks({ marks }: { marks: DiaryMark[] }) {
  if (marks.length === 0) return null
  return (
    <ul className={styles.marks}>
      {marks.map(({ workId, value, work, title, weight, comment }) => (
        <li key={workId}>
          <b className={styles.mark}>{value}</b>
          <div>
            {work}
            {title && ` «${title}»`}
            {weight !== 1 && <span className={styles.soft}> · вес {decimal(weight)}</span>}
            {comment && <p className={styles.comment}>{comment}</p>}
          </div>
        </li>
      ))}
    </ul>
  )
}
