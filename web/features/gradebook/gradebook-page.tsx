import { PageHeader, Skeleton } from '#ui/layout.tsx'

export function GradebookPage() {
  return (
    <>
      <PageHeader title="Журнал" />
      <Skeleton />
    </>
  )
}
