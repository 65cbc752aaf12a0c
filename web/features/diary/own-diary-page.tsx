import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { EmptyState, PageHeader, Skeleton } from '#ui/layout.tsx'
import { childrenQuery } from '#web/children.ts'
import { LoadFailure } from '#web/load-failure.tsx'
import { useTitle } from '#web/title.ts'
import { paths } from '../../paths.ts'

/** «Дневник» of the menu: opens the diary of the only child, or of the first of several. */
export function OwnDiaryPage() {
  useTitle('Дневник')
  const query = useQuery(childrenQuery)
  const { data, error } = query
  const first = data?.children[0]
  if (first) return <Navigate to={paths.diary} params={{ studentId: first.id }} search={{}} replace />
  return (
    <>
      <PageHeader title="Дневник" />
      {!data && !error && <Skeleton lines={10} />}
      {data && (
        <EmptyState title="Дневника пока нет">
          Он появится, когда ребёнок будет зачислен. Вопросы — к классному руководителю.
        </EmptyState>
      )}
      <LoadFailure title="Дневник не открылся" query={query} />
    </>
  )
}
