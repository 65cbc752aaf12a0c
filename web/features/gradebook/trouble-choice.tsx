import { Link } from '@tanstack/react-router'
import { Button } from '#ui/button.tsx'
import { Row } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { refusalText } from '#web/refusals.ts'
import { paths } from '../../paths.ts'
import type { GridActions } from './grid-actions.ts'
import { valueWords } from './model/cell-words.ts'
import type { Trouble } from './model/slots.ts'

type Props = { actions: GridActions; kind: 'mark' | 'attendance'; trouble: Trouble; onReason: () => void }

/** Why a value is not in the journal, and the ways out. */
export function TroubleChoice({ actions, kind, trouble, onReason }: Props) {
  if (trouble.kind === 'conflict') {
    return (
      <Notice
        tone="warn"
        title="Это значение изменил другой человек"
        action={
          <Row>
            <Button variant="primary" onClick={() => actions.decide(kind, 'mine')}>
              Оставить моё: {valueWords(trouble)}
            </Button>
            <Button onClick={() => actions.decide(kind, 'theirs')}>
              Принять чужое: {valueWords(trouble.theirs)}
            </Button>
          </Row>
        }
      >
        У вас {valueWords(trouble)}, в журнале {valueWords(trouble.theirs)}.
      </Notice>
    )
  }
  if (trouble.problem.refusal === 'entry-referred') {
    return (
      <Notice
        tone="warn"
        title={`Не в журнале, а на рассмотрении: ${valueWords(trouble)}`}
        action={<Button onClick={() => actions.decide(kind, 'theirs')}>Понятно</Button>}
      >
        {refusalText(trouble.problem)} <Link to={paths.ownReferrals}>Мои записи на рассмотрении</Link>
      </Notice>
    )
  }
  const others = actions.view.store.refusedCount()
  const late = trouble.problem.refusal === 'late-reason-needed'
  return (
    <Notice
      tone="error"
      title={`Не сохранено: ${valueWords(trouble)}`}
      action={
        <Row>
          {late && (
            <Button variant="primary" onClick={onReason}>
              Указать причину
            </Button>
          )}
          {!late && <Button onClick={() => actions.decide(kind, 'mine')}>Отправить ещё раз</Button>}
          {!late && others > 1 && (
            <Button onClick={() => actions.repeatAll()}>Отправить ещё раз все: {others}</Button>
          )}
          <Button onClick={() => actions.decide(kind, 'theirs')}>Убрать моё</Button>
        </Row>
      }
    >
      {refusalText(trouble.problem)}
    </Notice>
  )
}
