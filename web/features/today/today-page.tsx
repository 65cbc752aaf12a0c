import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { DayLesson, TeachingDay } from '#contract/lessons.ts'
import { Button } from '#ui/button.tsx'
import { DayNav } from '#ui/day-nav.tsx'
import { EmptyState, PageHeader, Row, Skeleton, Stack } from '#ui/layout.tsx'
import { capital, counted, longDay } from '#web/formats.ts'
import { LoadFailure } from '#web/load-failure.tsx'
import { useSession } from '#web/session.ts'
import { useTitle } from '#web/title.ts'
import { paths } from '../../paths.ts'
import { CoverLessons } from './cover-lessons.tsx'
import { LessonCard } from './lesson-card.tsx'
import { OverdueStrip } from './overdue-strip.tsx'
import { ReferredStrip } from './referred-strip.tsx'
import styles from './today.module.css'
import { useDay } from './use-day.ts'

/** The day of whoever teaches: own lessons in order, what is filled, who is away. */
export function TodayPage() {
  const { today } = useSession()
  const { day = today } = useParams({ strict: false }) as { day?: string }
  const query = useDay(day)
  const { data, error } = query
  useTitle(day === today ? 'Сегодня' : capital(longDay(day)))
  return (
    <Stack>
      <Head day={day} data={data} />
      <LoadFailure title="День не открылся" query={query} />
      {!data && !error && <Skeleton lines={10} />}
      {data && <Lessons data={data} />}
    </Stack>
  )
}

function Head({ day, data }: { day: string; data: TeachingDay | undefined }) {
  const { today, intake } = useSession()
  const navigate = useNavigate()
  const go = (to: string) => {
    if (to === today) void navigate({ to: paths.home })
    else void navigate({ to: paths.day, params: { day: to } })
  }
  const lead = [day === today && 'Сегодня', data && lessonsWords(data.lessons), intake?.name]
  return (
    <PageHeader title={capital(longDay(day))} lead={lead.filter(Boolean).join(' · ')}>
      <DayNav day={day} today={today} previous={data?.previous ?? null} next={data?.next ?? null} onGo={go} />
    </PageHeader>
  )
}

function Lessons({ data: { day, today, lessons, next: nextDay, overdue } }: { data: TeachingDay }) {
  const [covering, setCovering] = useState(false)
  const isToday = day === today
  const next = isToday ? nextOf(lessons) : null
  return (
    <>
      {isToday && <OverdueStrip count={overdue} />}
      {isToday && <ReferredStrip />}
      {lessons.length === 0 && (
        <EmptyState title="В этот день у вас нет уроков">
          {nextDay ? (
            <>
              Ближайшие уроки —{' '}
              <Link to={paths.day} params={{ day: nextDay }}>
                {longDay(nextDay)}
              </Link>
              .
            </>
          ) : (
            'Дальше в расписании уроков нет.'
          )}
        </EmptyState>
      )}
      <ol className={styles.list}>
        {lessons.map((lesson) => (
          <LessonCard key={lesson.id} lesson={lesson} next={next?.id === lesson.id ? next.when : null} />
        ))}
      </ol>
      {isToday && (
        <Row>
          <Button onClick={() => setCovering(true)}>Урок вместо коллеги</Button>
        </Row>
      )}
      {covering && <CoverLessons onClose={() => setCovering(false)} />}
    </>
  )
}

/** The lesson that is on or comes next by the clock of this computer. */
function nextOf(lessons: DayLesson[]): { id: string; when: 'now' | 'soon' } | null {
  const now = new Date().toTimeString().slice(0, 'HH:MM'.length)
  const next = lessons.find(({ endsAt }) => endsAt > now)
  return next ? { id: next.id, when: next.startsAt <= now ? 'now' : 'soon' } : null
}

const lessonsWords = (lessons: DayLesson[]) =>
  lessons.length > 0 && counted(lessons.length, 'урок', 'урока', 'уроков')
