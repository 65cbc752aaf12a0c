import { Link } from '@tanstack/react-router'
import type { UpdatePerson } from '#contract/people.ts'
import { Button } from '#ui/button.tsx'
import { Row, Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import type { ApiProblem } from '#web/api.ts'
import { fullDay } from '#web/formats.ts'
import { paths } from '../../paths.ts'

export type Answers = Pick<UpdatePerson, 'confirmDouble' | 'confirmUnusual'>

/** No question is answered before it was asked. */
export const UNASKED: Answers = { confirmDouble: false, confirmUnusual: false }

const UNUSUAL = ['name-mixes-alphabets', 'name-has-signs', 'birth-day-unlikely']

/** Whether a refusal is a question that may be answered with «yes, so it is». */
export const isQuestion = (problem: ApiProblem | null): problem is ApiProblem =>
  problem !== null && ['person-may-be-double', ...UNUSUAL].includes(problem.problem.refusal)

type Props = {
  problem: ApiProblem
  answers: Answers
  busy: boolean
  /** What is done after a «yes»: «добавить», «сохранить». */
  verb: string
  onAnswer: (answers: Answers) => void
}

/** A question about what was typed, with who was found and both answers; the form below keeps what it holds. */
export function PersonQuestion({ problem, answers, busy, verb, onAnswer }: Props) {
  const { refusal, people = [] } = problem.problem
  if (UNUSUAL.includes(refusal))
    return (
      <Notice
        tone="warn"
        title="Всё верно?"
        action={
          <Button busy={busy} onClick={() => onAnswer({ ...answers, confirmUnusual: true })}>
            Да, всё верно, {verb}
          </Button>
        }
      >
        {problem.message}
      </Notice>
    )
  return (
    <Notice tone="warn" title="Похоже, этот человек уже есть">
      <Stack>
        <p>
          Совпадают имя и дата рождения (или дата не указана). «Ё» и «е», дефисы, апострофы и похожие
          латинские буквы здесь не различаются. Посмотрите, не тот же ли это человек:
        </p>
        <ul>
          {people.map(({ id, name, birthOn, place }) => (
            <li key={id}>
              {[name, birthOn ? `дата рождения ${fullDay(birthOn)}` : 'дата рождения не указана', place]
                .filter(Boolean)
                .join(', ')}
              {' — '}
              <Link to={paths.person} params={{ personId: id }}>
                да, это тот же человек: открыть карточку
              </Link>
            </li>
          ))}
        </ul>
        <Row>
          <Button busy={busy} onClick={() => onAnswer({ ...answers, confirmDouble: true })}>
            Нет, это другой человек, {verb}
          </Button>
        </Row>
      </Stack>
    </Notice>
  )
}
