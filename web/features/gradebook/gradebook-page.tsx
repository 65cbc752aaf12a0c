import { getRouteApi } from '@tanstack/react-router'
import { Button } from '#ui/button.tsx'
import { EmptyState, PageHeader, Skeleton } from '#ui/layout.tsx'
import { daySpan } from '#web/formats.ts'
import { sentenceOf } from '#web/query-client.ts'
import { useTitle } from '#web/title.ts'
import { paths } from '../../paths.ts'
import { JournalScreen } from './journal-screen.tsx'
import { useGradebook } from './use-journal.ts'

const route = getRouteApi(paths.journal)

/** One class journal: the head, and the grid once it has come. */
export function GradebookPage() {
  const { journalId } = route.useParams()
  const { data, error, refetch, isFetching } = useGradebook(journalId)
  useTitle(data ? `${data.journal.subject}, ${data.journal.group}` : 'Журнал')
  if (data) {
    const { subject, group, teacher, intake, from, to } = data.journal
    return (
      <>
        <PageHeader title={`${subject}, ${group}`} lead={`${teacher} · ${intake}, ${daySpan(from, to)}`} />
        <JournalScreen key={journalId} gradebook={data} refetch={refetch} />
      </>
    )
  }
  if (error) {
    return (
      <>
        <PageHeader title="Журнал" />
        <EmptyState
          title="Журнал не открылся"
          action={
            <Button variant="primary" busy={isFetching} onClick={() => void refetch()}>
              Попробовать ещё раз
            </Button>
          }
        >
          {sentenceOf(error)}
        </EmptyState>
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
