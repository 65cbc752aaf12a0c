import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { MomentLesson, MomentLessonPage } from '#contract/moments.ts'
import { journalTitle } from '#domain/text/journal-title.ts'
import { buttonClass } from '#ui/button.tsx'
import { PageHeader, Skeleton, Stack } from '#ui/layout.tsx'
import { call } from '#web/api.ts'
import { capital, longDay, moment } from '#web/formats.ts'
import { LoadFailure } from '#web/load-failure.tsx'
import { useTitle } from '#web/title.ts'
import { paths } from '../../paths.ts'
import { ComparedLines } from './compared-lines.tsx'
import styles from './moment.module.css'
import { MomentFrame } from './moment-frame.tsx'
import { TakeBackForm } from './take-back-form.tsx'
import { MOMENT_PAGES, usePicked } from './use-taking-back.ts'

const route = getRouteApi(paths.lessonThen)

/** A lesson as it stood at the open moment, beside how it stands now. */
export function LessonThenPage() {
  const { lessonId } = route.useParams()
  const query = useQuery({
    queryKey: [...MOMENT_PAGES, 'lesson', lessonId],
    queryFn: ({ signal }) => call<MomentLessonPage>('GET', `/api/moment/lessons/${lessonId}`, { signal }),
    staleTime: 0,
    gcTime: 0,
  })
  const { data, error } = query
  const title = data ? journalTitle(data.lesson.lesson.subject, data.lesson.lesson.group) : 'Урок'
  useTitle(data ? `Как было: ${title}` : 'Как было')
  return (
    <Stack>
      <PageHeader
        title={`Как было: ${title}`}
        lead={data ? `${leadOf(data.lesson)} · как было ${moment(data.at)}` : ' '}
      >
        <Link className={buttonClass('quiet')} to={paths.lesson} params={{ lessonId }}>
          Урок, как он есть
        </Link>
      </PageHeader>
      {!data && <LoadFailure title="Прошлый момент не открылся" query={query} />}
      {!data && !error && <Skeleton lines={10} />}
      {data && <Compared key={data.at} page={data} />}
    </Stack>
  )
}

function Compared({ page: { at, lesson } }: { page: MomentLessonPage }) {
  const picked = usePicked()
  return (
    <MomentFrame at={at}>
      <ComparedLines of={lesson} label={leadOf(lesson)} picked={picked} />
      <Students of={lesson} />
      <TakeBackForm at={at} lessons={[lesson]} picked={picked} />
    </MomentFrame>
  )
}

/** From here to all that a child has lost, not in this lesson alone. */
function Students({ of: { lines } }: { of: MomentLesson }) {
  const students = new Map(
    lines.flatMap(({ studentId, student, difference }) =>
      studentId && student && difference !== 'same' ? [[studentId, student] as const] : [],
    ),
  )
  if (students.size === 0) return null
  return (
    <p className={styles.others}>
      Все уроки воспитанника за период:{' '}
      {[...students].map(([studentId, name], n) => (
        <span key={studentId}>
          {n > 0 && ', '}
          <Link to={paths.studentThen} params={{ studentId }}>
            {name}
          </Link>
        </span>
      ))}
    </p>
  )
}

export const leadOf = ({ lesson: { day, period } }: MomentLesson): string =>
  [capital(longDay(day)), period === null ? null : `${period}-й урок`].filter(Boolean).join(' · ')
