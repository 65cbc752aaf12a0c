import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { MomentLesson, MomentStudentPage } from '#contract/moments.ts'
import { addDays, type Day } from '#domain/calendar/day.ts'
import { journalTitle } from '#domain/text/journal-title.ts'
import { DateField } from '#ui/date-field.tsx'
import { PageHeader, Row, Skeleton, Stack } from '#ui/layout.tsx'
import { call } from '#web/api.ts'
import { counted, dayMonth, daySpan, moment } from '#web/formats.ts'
import { LoadFailure } from '#web/load-failure.tsx'
import { useSession } from '#web/session.ts'
import { useTitle } from '#web/title.ts'
import { paths } from '../../paths.ts'
import { ComparedLines } from './compared-lines.tsx'
import styles from './moment.module.css'
import { MomentFrame } from './moment-frame.tsx'
import { TakeBackForm } from './take-back-form.tsx'
import { MOMENT_PAGES, usePicked } from './use-taking-back.ts'

const route = getRouteApi(paths.studentThen)
const FORTNIGHT = 13

/** A child's attendance and marks over some days: how they stood at the open moment, and how they stand now. */
export function StudentThenPage() {
  const { studentId } = route.useParams()
  const { today } = useSession()
  const [span, setSpan] = useState({ from: addDays(today as Day, -FORTNIGHT) as string, to: today })
  const { from, to } = span
  const query = useQuery({
    queryKey: [...MOMENT_PAGES, 'student', studentId, from, to],
    queryFn: ({ signal }) =>
      call<MomentStudentPage>(
        'GET',
        `/api/moment/students/${studentId}?${new URLSearchParams({ from, to })}`,
        { signal },
      ),
    staleTime: 0,
    gcTime: 0,
    placeholderData: (former) => (former?.student.id === studentId ? former : undefined),
  })
  const { data, error } = query
  const title = data ? `Как было: ${data.student.name}` : 'Как было'
  useTitle(title)
  return (
    <Stack>
      <PageHeader
        title={title}
        lead={
          data ? `Отметки и посещаемость, ${daySpan(data.from, data.to)} · как было ${moment(data.at)}` : ' '
        }
      />
      <Row>
        <DateField
          label="С какого дня"
          value={from}
          max={to}
          onDay={(day) => day && setSpan({ from: day, to })}
        />
        <DateField
          label="По какой день"
          value={to}
          min={from}
          onDay={(day) => day && setSpan({ from, to: day })}
        />
      </Row>
      {error && <LoadFailure title="Прошлый момент не открылся" query={query} />}
      {!data && !error && <Skeleton lines={10} />}
      {data && !error && <Compared key={data.at} page={data} />}
    </Stack>
  )
}

const differs = ({ lines }: MomentLesson): boolean => lines.some(({ difference }) => difference !== 'same')

function Compared({ page: { at, lessons } }: { page: MomentStudentPage }) {
  const picked = usePicked()
  const differing = lessons.filter(differs)
  const same = lessons.length - differing.length
  return (
    <MomentFrame at={at}>
      {differing.length === 0 && <p>Отличий нет: отметки и посещаемость стоят так же, как тогда.</p>}
      {differing.map((lesson) => (
        <div key={lesson.lesson.id} className={styles.lesson}>
          <h2>
            <Link to={paths.lessonThen} params={{ lessonId: lesson.lesson.id }}>
              {titleOf(lesson)}
            </Link>
          </h2>
          <ComparedLines of={lesson} label={titleOf(lesson)} picked={picked} />
        </div>
      ))}
      {same > 0 && (
        <p className={styles.soft}>
          Без отличий: {counted(same, 'урок', 'урока', 'уроков')}. Показаны уроки, которые видны вам и
          сегодня.
        </p>
      )}
      <TakeBackForm at={at} lessons={lessons} picked={picked} />
    </MomentFrame>
  )
}

const titleOf = ({ lesson: { subject, group, day } }: MomentLesson): string =>
  `${journalTitle(subject, group)}, ${dayMonth(day)}`
