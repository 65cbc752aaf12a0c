import { getRouteApi, Link } from '@tanstack/react-router'
import { journalTitle } from '#domain/text/journal-title.ts'
import { buttonClass } from '#ui/button.tsx'
import { PageHeader, Skeleton } from '#ui/layout.tsx'
import { daySpan } from '#web/formats.ts'
import { LoadFailure } from '#web/load-failure.tsx'
import { useTitle } from '#web/title.ts'
import { paths } from '../../paths.ts'
import { JournalScreen } from './journal-screen.tsx'
import { useGradebook } from './use-journal.ts'

const route = getRouteApi(paths.journal)

/** One class journal: the head, and the grid once it has come. */
export function GradebookPage() {
  const { journalId } = route.useParams()
  const query = useGradebook(journalId)
  const { data, error, refetch } = query
  useTitle(data ? journalTitle(data.journal.subject, data.journal.group) : 'Журнал')
  if (data) {
    const { subject, group, teacher, intake, from, to } = data.journal
    return (
      <>
        <PageHeader
          title={journalTitle(subject, group)}
          lead={`${teacher} · ${intake}, ${daySpan(from, to)}`}
        >
          <Link to={paths.journals} className={buttonClass('quiet')}>
            Все журналы
          </Link>
        </PageHeader>
        <JournalScreen key={journalId} gradebook={data} refetch={refetch} />
      </>
    )
  }
  if (error) {
    return (
      <>
        <PageHeader title="Журнал" />
        <LoadFailure title="Журнал не открылся" query={query} />
      </>
    )
  }
  return (
    <>
      <PageHeader title="Журнал" lead=" " />
      <Skeleton lines={14} />
    </>
  )
}
