import { Link } from '@tanstack/react-router'
import type { DayLesson, PutAttendance } from '#contract/lessons.ts'
import { journalTitle } from '#domain/text/journal-title.ts'
import { Button, buttonClass } from '#ui/button.tsx'
import { Row, Soft } from '#ui/layout.tsx'
import { Badge } from '#ui/notice.tsx'
import { capital, counted, roomText } from '#web/formats.ts'
import { outbox } from '#web/outbox.ts'
import { useStore } from '#web/store.ts'
import { paths } from '../../paths.ts'
import styles from './today.module.css'

type Props = {
  lesson: DayLesson
  /** The lesson that is on, or the next one. */
  next: 'now' | 'soon' | null
}

/** A lesson of the day: when and where, what is filled, who is away. */
export function LessonCard({ lesson, next }: Props) {
  const { id, subject, group, startsAt, endsAt, period, room } = lesson
  const place = [period === null ? null : `${period}-й урок`, room && roomText(room)].filter(Boolean)
  return (
    <li className={styles.card} data-next={next ?? undefined}>
      <div className={styles.time}>
        <b>{startsAt}</b>
        <Soft>{endsAt}</Soft>
      </div>
      <div className={styles.body}>
        <Row>
          <h2>
            <Link to={paths.lesson} params={{ lessonId: id }}>
              {journalTitle(subject, group)}
            </Link>
          </h2>
          {next && <Badge tone="info">{next === 'now' ? 'Сейчас' : 'Ближайший'}</Badge>}
          <Badges lesson={lesson} />
        </Row>
        <Soft>{place.join(' · ')}</Soft>
        <p>{topicWords(lesson)}</p>
        <Parts lesson={lesson} />
        <Children lesson={lesson} />
      </div>
      <div className={styles.actions}>
        <Link
          className={buttonClass(next ? 'primary' : 'secondary')}
          to={paths.lesson}
          params={{ lessonId: id }}
          aria-label={`Открыть урок: ${journalTitle(subject, group)}`}
        >
          Открыть урок
        </Link>
        <TakeRoll lesson={lesson} />
      </div>
    </li>
  )
}

function Badges({ lesson }: { lesson: DayLesson }) {
  const { state, lateReason, substitute, kind } = lesson
  const whole = isWhole(lesson)
  return (
    <>
      {kind === 'activity' && <Badge>кружок</Badge>}
      {kind === 'corrective' && <Badge>коррекционное занятие</Badge>}
      {state === 'late' && !whole && <Badge tone="warn">записать с опозданием</Badge>}
      {state === 'closed' && !whole && <Badge tone="error">срок записи прошёл</Badge>}
      {lateReason && <Badge tone="warn">записан позже</Badge>}
      {substitute && (
        <Badge tone="info">
          {substitute.self ? 'вы ведёте вместо коллеги' : `вместо вас ведёт ${substitute.name}`}
        </Badge>
      )}
    </>
  )
}

/** Nothing that a lesson must have is missing: it needs no late entry. */
const isWhole = ({ topic, attended, children }: DayLesson) => topic !== null && attended >= children

function topicWords({ topic, proposedTopic }: DayLesson): string {
  if (topic) return topic
  return proposedTopic ? `По плану: ${proposedTopic}` : 'Тема не записана'
}

/** What is filled, with a sign and in words, never by colour alone. */
function Parts({ lesson }: { lesson: DayLesson }) {
  if (lesson.state === 'ahead') return null
  const { topic, children, attended, homework, marks, gradeless } = lesson
  const homeworkWords = { given: 'задание', 'none-given': 'не задано', missing: 'задание' }[homework]
  const attendance =
    attended > 0 && attended < children ? `отмечено ${attended} из ${children}` : 'посещаемость'
  return (
    <ul className={styles.parts}>
      <Part done={topic !== null}>тема</Part>
      <Part done={children > 0 && attended >= children}>{attendance}</Part>
      {lesson.kind === 'lessons' && <Part done={homework !== 'missing'}>{homeworkWords}</Part>}
      {!gradeless && (
        <Part done={marks > 0} optional>
          {marks > 0 ? counted(marks, 'отметка', 'отметки', 'отметок') : 'отметок нет'}
        </Part>
      )}
    </ul>
  )
}

type PartProps = { done: boolean; optional?: boolean; children: string }

function Part({ done, optional = false, children }: PartProps) {
  const missing = optional ? '–' : '○'
  return (
    <li data-done={done || undefined} data-optional={optional || undefined}>
      <span aria-hidden="true">{done ? '✓' : missing}</span> {children}
      {!done && !optional && <span className={styles.hidden}> не заполнено</span>}
    </li>
  )
}

function Children({ lesson: { absent, arrived, left, state } }: { lesson: DayLesson }) {
  const away = absent.map(({ name, code }) => `${name} (${code})`)
  return (
    <>
      {away.length > 0 && (
        <p>
          {state === 'late' || state === 'closed' ? 'Не было' : 'Нет сегодня'}: {away.join(', ')}
        </p>
      )}
      {arrived.length > 0 && <p>Прибыли: {arrived.join(', ')}</p>}
      {left.length > 0 && <p>Последний день: {left.join(', ')}</p>}
    </>
  )
}

/** The roll in one press, with those away that are already known of. */
function TakeRoll({ lesson }: { lesson: DayLesson }) {
  const { waiting } = useStore(outbox.state)
  const { id, roll, attended, state, lateReason, substitute, subject, group } = lesson
  const path = `/api/lessons/${id}/attendance`
  const own = !substitute || substitute.self
  const open = state === 'today' || (state === 'late' && lateReason !== null)
  if (roll.length === 0 || !open || !own) return null
  const away = roll.filter(({ code }) => code !== null).length
  const body: PutAttendance = { children: roll.map((line) => ({ ...line, version: 0 })) }
  const who = attended === 0 ? 'все' : 'остальные'
  const words = away === 0 ? `${capital(who)} на месте` : `На месте ${who}, кроме ${away}`
  return (
    <Button
      busy={waiting.some((operation) => operation.path === path)}
      aria-label={`${words}: ${journalTitle(subject, group)}`}
      onClick={() => outbox.enqueue({ method: 'PUT', path, body })}
    >
      {words}
    </Button>
  )
}
