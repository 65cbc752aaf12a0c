import { Link } from '@tanstack/react-router'
import { Button } from '#ui/button.tsx'
import { Row, Soft } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { capital } from '#web/formats.ts'
import { usePendingWords } from '#web/pending-words.ts'
import { refusalText } from '#web/refusals.ts'
import { paths } from '../../paths.ts'
import { type Entry, stateOf } from './model/entry.ts'

type Props<Value> = {
  entry: Entry<Value>
  /** A value in words, for the choice between two. */
  words: (value: Value) => string
  onDecide: (choice: 'mine' | 'theirs') => void
  onReason: () => void
}

/** Under a field: on its way, saved, or why not and the ways out. */
export function FieldState<Value>({ entry, words, onDecide, onReason }: Props<Value>) {
  const { trouble } = entry
  const pending = usePendingWords()
  if (!trouble) {
    const state = stateOf(entry)
    if (state === 'pending') return <Soft>… {capital(pending)}</Soft>
    return state === 'saved' ? <Soft>✓ Сохранено</Soft> : null
  }
  if (trouble.kind === 'conflict') {
    return (
      <Notice
        tone="warn"
        title="Пока вы писали, это изменил другой человек"
        action={
          <Row>
            <Button variant="primary" onClick={() => onDecide('mine')}>
              Оставить моё
            </Button>
            <Button onClick={() => onDecide('theirs')}>Принять чужое</Button>
          </Row>
        }
      >
        У вас: {words(trouble.value)}. В журнале: {words(trouble.theirs)}.
      </Notice>
    )
  }
  if (trouble.problem.refusal === 'entry-referred') {
    return (
      <Notice
        tone="warn"
        title={`Не в журнале, а на рассмотрении: ${words(trouble.value)}`}
        action={<Button onClick={() => onDecide('theirs')}>Понятно</Button>}
      >
        {refusalText(trouble.problem)} <Link to={paths.ownReferrals}>Мои записи на рассмотрении</Link>
      </Notice>
    )
  }
  const late = trouble.problem.refusal === 'late-reason-needed'
  return (
    <Notice
      tone="error"
      title={`Не сохранено: ${words(trouble.value)}`}
      action={
        <Row>
          {late ? (
            <Button variant="primary" onClick={onReason}>
              Указать причину
            </Button>
          ) : (
            <Button onClick={() => onDecide('mine')}>Отправить ещё раз</Button>
          )}
          <Button onClick={() => onDecide('theirs')}>Убрать моё</Button>
        </Row>
      }
    >
      {refusalText(trouble.problem)}
    </Notice>
  )
}
