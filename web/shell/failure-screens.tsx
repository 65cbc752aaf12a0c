import { Button } from '#ui/button.tsx'
import { EmptyState, PageHeader } from '#ui/layout.tsx'
import { NothingHere } from '#web/load-failure.tsx'
import { sentenceOf } from '#web/query-client.ts'
import { useTitle } from '#web/title.ts'

/** What is not there, or not yours. */
export function NotFoundScreen() {
  useTitle('Страница не найдена')
  return (
    <>
      <PageHeader title="Страница не найдена" />
      <NothingHere />
    </>
  )
}

/** A screen broke; the rest of the product and everything typed are still there. */
export function BrokenScreen({ error, reset }: { error: unknown; reset: () => void }) {
  useTitle('Ошибка')
  return (
    <>
      <PageHeader title="Экран не открылся" />
      <EmptyState
        title="Это наша ошибка"
        action={
          <Button variant="primary" onClick={reset}>
            Открыть ещё раз
          </Button>
        }
      >
        {sentenceOf(error)} Отметки и записи уроков не пропали: они сохранены или ждут отправки. Не
        сохранённое в форме придётся набрать снова.
      </EmptyState>
    </>
  )
}
