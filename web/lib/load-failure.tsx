import { Button } from '#ui/button.tsx'
import { EmptyState } from '#ui/layout.tsx'
import { sentenceOf } from './query-client.ts'

type Props = {
  title: string
  query: { error: unknown; isFetching: boolean; refetch: () => unknown }
}

/** In place of what could not be loaded: why, and a way to try again. Nothing when nothing failed. */
export function LoadFailure({ title, query: { error, isFetching, refetch } }: Props) {
  if (!error) return null
  return (
    <EmptyState
      title={title}
      action={
        <Button variant="primary" busy={isFetching} onClick={() => void refetch()}>
          Попробовать ещё раз
        </Button>
      }
    >
      {sentenceOf(error)}
    </EmptyState>
  )
}
