import { Link } from '@tanstack/react-router'
import { Button, buttonClass } from '#ui/button.tsx'
import { EmptyState } from '#ui/layout.tsx'
import { paths } from '../paths.ts'
import { ApiProblem } from './api.ts'
import { sentenceOf } from './query-client.ts'

type Props = {
  title: string
  query: { error: unknown; isFetching: boolean; refetch: () => unknown }
}

/** In place of what could not be loaded: why, and a way to try again. Nothing when nothing failed. */
export function LoadFailure({ title, query: { error, isFetching, refetch } }: Props) {
  if (!error) return null
  if (isNothingHere(error)) return <NothingHere />
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

/** Whether a failure means that there is nothing here for this reader, however often it is asked. */
export const isNothingHere = (error: unknown): boolean =>
  error instanceof ApiProblem && [400, 403, 404].includes(error.status)

/** What is not there, or is not this reader's: the two are not told apart. Trying again would change nothing. */
export function NothingHere() {
  return (
    <EmptyState
      title="Здесь ничего нет"
      action={
        <Link to={paths.home} className={buttonClass('primary')}>
          На главную
        </Link>
      }
    >
      Такой страницы или записи нет. Адрес набран с ошибкой, запись убрана или она вам не открыта. Если она
      нужна для работы, скажите администратору.
    </EmptyState>
  )
}
