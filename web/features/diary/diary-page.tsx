import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type ComponentProps, useEffect } from 'react'
import type { DiaryWeek } from '#contract/diary.ts'
import { FAMILY } from '#domain/access/access.ts'
import { type Day, mondayOf } from '#domain/calendar/day.ts'
import { buttonClass } from '#ui/button.tsx'
import { EmptyState, PageHeader, Row, Skeleton, Stack } from '#ui/layout.tsx'
import { Signatures } from '#ui/paper.tsx'
import { mention } from '#web/announce.ts'
import { childrenQuery } from '#web/children.ts'
import { daySpan } from '#web/formats.ts'
import { isNothingHere, LoadFailure } from '#web/load-failure.tsx'
import { StudentThenLink } from '#web/moment-link.tsx'
import { hasRole, useSession } from '#web/session.ts'
import { useTitle } from '#web/title.ts'
import { paths } from '../../paths.ts'
import { Averages } from './averages.tsx'
import { ChildTabs } from './child-tabs.tsx'
import { DayCard } from './day-card.tsx'
import styles from './diary.module.css'
import { diarySearch } from './diary-search.ts'
import { DayStrip, DiaryToolbar } from './diary-toolbar.tsx'
import { shownWhereDue } from './homework-once.ts'
import { useDiary } from './use-diary.ts'

const route = getRouteApi(paths.diary)
const phone = matchMedia('(max-width: 47.99rem)')

/** A child's diary: a week at once, or a day on a phone. */
export function DiaryPage() {
  const { studentId } = route.useParams()
  const search = diarySearch(route.useSearch())
  const session = useSession()
  const day = (search.day ?? session.today) as Day
  const view = search.view ?? (phone.matches ? 'day' : 'week')
  const query = useDiary(studentId, mondayOf(day))
  const { data, error } = query
  const children = useQuery({ ...childrenQuery, enabled: hasRole(session, ...FAMILY) })
  const name = data?.student.name ?? ''
  useTitle(name ? `Дневник: ${name}` : 'Дневник')
  useEffect(() => {
    if (data) mention(`Дневник, ${daySpan(data.from, data.to)}`)
  }, [data])
  return (
    <Stack>
      <PageHeader title={name || 'Дневник'} lead={data ? leadOf(data) : ' '}>
        <AllDiaries studentId={studentId} />
      </PageHeader>
      <ChildTabs students={children.data?.children ?? []} search={search} />
      <Toolbar error={error} studentId={studentId} day={day} view={view} week={data} />
      <LoadFailure title="Дневник не открылся" query={query} />
      {!data && !error && <Skeleton lines={12} />}
      {data && <Week data={data} day={day} view={view} />}
    </Stack>
  )
}

/** No days to go through where there is no diary for this reader. */
const Toolbar = ({ error, ...rest }: { error: unknown } & ComponentProps<typeof DiaryToolbar>) =>
  isNothingHere(error) ? null : <DiaryToolbar {...rest} />

/** The way back for staff; a family has its children's names instead. */
function AllDiaries({ studentId }: { studentId: string }) {
  if (hasRole(useSession(), ...FAMILY)) return null
  return (
    <Row>
      <StudentThenLink studentId={studentId} />
      <Link to={paths.diaries} className={buttonClass('quiet')}>
        Все дневники
      </Link>
    </Row>
  )
}

const leadOf = ({ student, from, to }: DiaryWeek): string =>
  ['Дневник', student.className, daySpan(from, to)].filter(Boolean).join(' · ')

function Week({ data, day, view }: { data: DiaryWeek; day: string; view: 'day' | 'week' }) {
  const busy = data.days.filter(({ lessons }) => lessons.length > 0)
  const shown = data.days.filter((one) => one.lessons.length > 0 || one.event)
  const twice = shownWhereDue(data.days)
  const one = data.days.find((candidate) => candidate.day === day)
  return (
    <>
      {view === 'day' && <DayStrip studentId={data.student.id} week={data} day={day} />}
      {view === 'day' && one && (
        <div className={styles.single}>
          <DayCard day={one} today={data.today} className={data.student.className} />
        </div>
      )}
      {view === 'week' && busy.length === 0 && (
        <EmptyState title="На этой неделе занятий нет">{whyEmpty(data)}</EmptyState>
      )}
      {view === 'week' && shown.length > 0 && (
        <div className={styles.week}>
          {shown.map((each) => (
            <DayCard
              key={each.day}
              day={each}
              today={data.today}
              className={data.student.className}
              shownWhereDue={twice}
              inSight
            />
          ))}
        </div>
      )}
      {data.marksShown ? (
        <Averages averages={data.averages} />
      ) : (
        <p className={styles.note}>Отметки видят ребёнок, родители и классный руководитель.</p>
      )}
      <Signatures of={['классный руководитель', 'родитель (законный представитель)']} />
    </>
  )
}

function whyEmpty({ days }: DiaryWeek): string {
  const events = [...new Set(days.map(({ event }) => event).filter(Boolean))]
  if (events.length > 0) return `${events.join(', ')}. Отдыхайте!`
  if (days.every(({ away }) => away)) return 'В эти дни ребёнок не в центре. Выберите другую неделю.'
  return 'Когда расписание будет готово, уроки появятся здесь сами.'
}
