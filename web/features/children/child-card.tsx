import { Link } from '@tanstack/react-router'
import { type ReactNode, useId } from 'react'
import type { ChildToday, TodayLesson } from '#contract/diary.ts'
import { addDays, type Day } from '#domain/calendar/day.ts'
import { buttonClass } from '#ui/button.tsx'
import { Badge } from '#ui/notice.tsx'
import { daySpan, decimal, longDay, roomText, shortDay } from '#web/formats.ts'
import { groupText } from '#web/group-text.ts'
import { LinkedText } from '#web/linked-text.tsx'
import { StaffName } from '#web/staff-name.tsx'
import { timeText } from '#web/time-text.ts'
import { paths } from '../../paths.ts'
import styles from './children.module.css'

/** One child of the family, called by a name that tells it from the others. */
export function ChildCard({ child, name, today }: { child: ChildToday; name: string; today: string }) {
  const titleId = useId()
  const { id, className, stay } = child
  return (
    <article className={styles.child} aria-labelledby={titleId}>
      <header className={styles.head}>
        <div>
          <h2 id={titleId}>{name}</h2>
          <p className={styles.soft}>
            {[className, stay && `в центре ${daySpan(stay.from, stay.to)}`].filter(Boolean).join(' · ')}
          </p>
        </div>
        <Link to={paths.diary} params={{ studentId: id }} search={{}} className={buttonClass('primary')}>
          Дневник
        </Link>
      </header>
      <Part childTitleId={titleId} title="Сегодня">
        <Today
          lessons={child.today}
          className={className}
          away={stay !== null && (today < stay.from || today > stay.to)}
        />
      </Part>
      <Part
        childTitleId={titleId}
        title={child.next ? `Задано на ${whenText(child.next.day, today)}` : 'Домашнее задание'}
      >
        <Homework child={child} />
      </Part>
      <Part childTitleId={titleId} title="Новые отметки">
        <Marks child={child} />
      </Part>
      <Part childTitleId={titleId} title="Пропуски и опоздания за неделю">
        <Absences child={child} />
      </Part>
    </article>
  )
}

const whenText = (day: string, today: string): string =>
  day === addDays(today as Day, 1) ? 'завтра' : longDay(day)

type PartProps = { childTitleId: string; title: string; children: ReactNode }

// Two children on one page have parts of the same names, so each is named after its child too.
function Part({ childTitleId, title, children }: PartProps) {
  const titleId = useId()
  return (
    <section className={styles.part} aria-labelledby={`${titleId} ${childTitleId}`}>
      <h3 id={titleId}>{title}</h3>
      {children}
    </section>
  )
}

type TodayProps = { lessons: TodayLesson[]; className: string | null; away: boolean }

function Today({ lessons, className, away }: TodayProps) {
  if (lessons.length === 0)
    return <p className={styles.soft}>{away ? 'Ребёнок не в центре.' : 'Уроков нет.'}</p>
  return (
    <ol className={styles.lessons}>
      {lessons.map(({ id, startsAt, subject, group, room, substitute, attendance }) => (
        <li key={id}>
          <span className={styles.soft}>{startsAt}</span>
          <span>
            {subject}
            <span className={styles.soft}>
              {[groupText(subject, group, className), room && roomText(room)]
                .filter(Boolean)
                .map((part) => ` · ${part}`)}
            </span>{' '}
            {substitute && (
              <Badge tone="info">
                замена: <StaffName of={substitute} />
              </Badge>
            )}{' '}
            {attendance && <Badge tone={attendance.counted ? 'warn' : 'info'}>{attendance.name}</Badge>}
          </span>
        </li>
      ))}
    </ol>
  )
}

function Homework({ child: { next } }: { child: ChildToday }) {
  if (!next) return <p className={styles.soft}>Ближайшие две недели уроков нет.</p>
  if (next.homework.length === 0) return <p className={styles.soft}>Ничего не задано.</p>
  return (
    <>
      <ul className={styles.list}>
        {next.homework.map(({ lessonId, subject, text, minutes }) => (
          <li key={lessonId}>
            <b>{subject}:</b>{' '}
            <span className={styles.text}>
              <LinkedText text={text} />
            </span>
            {minutes ? <span className={styles.soft}> · {timeText(minutes)}</span> : null}
          </li>
        ))}
      </ul>
      {next.minutes > 0 && <p className={styles.soft}>Всего {timeText(next.minutes)}</p>}
    </>
  )
}

function Marks({ child: { marks } }: { child: ChildToday }) {
  if (marks.length === 0) return <p className={styles.soft}>За последние семь дней новых отметок нет.</p>
  return (
    <ul className={styles.marks}>
      {marks.map(({ workId, value, subject, day, work, title, weight, comment }) => (
        <li key={workId}>
          <b className={styles.mark}>{value}</b>
          <div>
            {subject}
            <span className={styles.soft}>
              {' '}
              · {shortDay(day)} · {work.toLowerCase()}
              {title && ` «${title}»`}
              {weight !== 1 && ` · вес ${decimal(weight)}`}
            </span>
            {comment && <p className={styles.comment}>{comment}</p>}
          </div>
        </li>
      ))}
    </ul>
  )
}

function Absences({ child: { absences } }: { child: ChildToday }) {
  if (absences.length === 0) return <p className={styles.soft}>Нет.</p>
  return (
    <ul className={styles.list}>
      {absences.map(({ lessonId, day, subject, period, name, counted, note }) => (
        <li key={lessonId}>
          {shortDay(day)}
          {period !== null && `, ${period}-й урок`}, {subject}{' '}
          <Badge tone={counted ? 'warn' : 'info'}>{name}</Badge>
          {note && <span className={styles.soft}> {note}</span>}
        </li>
      ))}
    </ul>
  )
}
