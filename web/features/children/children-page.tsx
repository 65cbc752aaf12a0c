import { useQuery } from '@tanstack/react-query'
import { shortNames } from '#domain/people/short-names.ts'
import { EmptyState, PageHeader, Skeleton, Stack } from '#ui/layout.tsx'
import { childrenQuery } from '#web/children.ts'
import { capital, longDay } from '#web/formats.ts'
import { LoadFailure } from '#web/load-failure.tsx'
import { useSession } from '#web/session.ts'
import { useTitle } from '#web/title.ts'
import { ChildCard } from './child-card.tsx'
import styles from './children.module.css'

/** The family's first screen: for each child today, what to prepare, and what is new. */
export function ChildrenPage() {
  useTitle('Сегодня')
  const { today, intake } = useSession()
  const query = useQuery(childrenQuery)
  const { data, error } = query
  const names = shortNames((data?.children ?? []).map(({ name }) => name))
  return (
    <Stack>
      <PageHeader title={capital(longDay(today))} lead={intake?.name} />
      <LoadFailure title="Страница не открылась" query={query} />
      {!data && !error && <Skeleton lines={12} />}
      {data?.children.length === 0 && (
        <EmptyState title="Здесь появится ваш ребёнок">
          Когда его зачислят, вы увидите уроки, домашнее задание и отметки. Вопросы — к классному
          руководителю.
        </EmptyState>
      )}
      <div className={styles.children}>
        {data?.children.map((child, n) => (
          <ChildCard key={child.id} child={child} name={names[n] ?? child.name} today={data.today} />
        ))}
      </div>
    </Stack>
  )
}
