import { getRouteApi, Link, useCanGoBack, useRouter } from '@tanstack/react-router'
import type { LessonPage as Page } from '#contract/lessons.ts'
import { journalTitle } from '#domain/text/journal-title.ts'
import { Button, buttonClass } from '#ui/button.tsx'
import { BackIcon, ForwardIcon } from '#ui/icons.tsx'
import { PageHeader, Row, Skeleton } from '#ui/layout.tsx'
import { capital, longDay, roomText } from '#web/formats.ts'
import { LoadFailure } from '#web/load-failure.tsx'
import { LessonThenLink } from '#web/moment-link.tsx'
import { useSession } from '#web/session.ts'
import { useTitle } from '#web/title.ts'
import { paths } from '../../paths.ts'
import { LessonScreen } from './lesson-screen.tsx'
import { useLesson } from './use-lesson.ts'

const route = getRouteApi(paths.lesson)

/** One lesson on one screen. */
export function LessonPage() {
  const { lessonId } = route.useParams()
  const query = useLesson(lessonId)
  const { data, error, refetch } = query
  useTitle(data ? journalTitle(data.lesson.subject, data.lesson.group) : 'Урок')
  if (data) {
    return (
      <>
        <PageHeader title={journalTitle(data.lesson.subject, data.lesson.group)} lead={leadOf(data)}>
          <Neighbours page={data} />
        </PageHeader>
        <LessonScreen key={lessonId} page={data} refetch={refetch} />
      </>
    )
  }
  if (error) {
    return (
      <>
        <PageHeader title="Урок" />
        <LoadFailure title="Урок не открылся" query={query} />
      </>
    )
  }
  return (
    <>
      <PageHeader title="Урок" lead=" " />
      <Skeleton lines={12} />
    </>
  )
}

function leadOf({ lesson, teacher, substitution }: Page): string {
  const { day, period, startsAt, endsAt, room } = lesson
  return [
    capital(longDay(day)),
    period === null ? null : `${period}-й урок`,
    `${startsAt}–${endsAt}`,
    room && roomText(room),
    substitution.name ? `замена: ${substitution.name} (по расписанию ${teacher})` : teacher,
  ]
    .filter(Boolean)
    .join(' · ')
}

function Neighbours({ page }: { page: Page }) {
  const { lesson, previousId, nextId } = page
  return (
    <Row>
      <WayBack page={page} />
      <LessonThenLink lessonId={lesson.id} />
      <Link className={buttonClass('quiet')} to={paths.journal} params={{ journalId: lesson.journalId }}>
        Весь журнал
      </Link>
      {previousId && (
        <Link
          className={buttonClass()}
          to={paths.lesson}
          params={{ lessonId: previousId }}
          title="Предыдущий урок этого дня"
        >
          <BackIcon /> Предыдущий
        </Link>
      )}
      {nextId && (
        <Link
          className={buttonClass()}
          to={paths.lesson}
          params={{ lessonId: nextId }}
          title="Следующий урок этого дня"
        >
          Следующий <ForwardIcon />
        </Link>
      )}
    </Row>
  )
}

/** Whoever teaches comes from the day; a deputy comes from a list that keeps its filters in the address. */
function WayBack({ page: { lesson, teacher, substitution } }: { page: Page }) {
  const { person } = useSession()
  const { history } = useRouter()
  const canGoBack = useCanGoBack()
  if (person.name === teacher || person.name === substitution.name) {
    return (
      <Link className={buttonClass('quiet')} to={paths.day} params={{ day: lesson.day }}>
        Уроки дня
      </Link>
    )
  }
  if (!canGoBack) return null
  return (
    <Button variant="quiet" onClick={() => history.back()}>
      Назад
    </Button>
  )
}
