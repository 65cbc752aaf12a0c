import { Link } from '@tanstack/react-router'
import { journalTitle } from '#domain/text/journal-title.ts'
import { Button } from '#ui/button.tsx'
import { CardHead } from '#ui/cards.tsx'
import { Checkbox } from '#ui/controls.tsx'
import { Card, Row, Soft } from '#ui/layout.tsx'
import { dayMonth } from '#web/formats.ts'
import { paths } from '../../paths.ts'
import { placeWords, valueWords } from './line-words.ts'
import styles from './lost-entries.module.css'
import type { LostLesson, LostLine } from './use-lost-lessons.ts'

type Props = {
  lesson: LostLesson
  isChosen: (line: LostLine) => boolean
  onChoose: (keys: string[], isTicked: boolean) => void
}

/** What was lost of one lesson: what was typed, and what stands there now. */
export function LostLessonCard({ lesson: { lessonId, page, lines }, isChosen, onChoose }: Props) {
  const open = lines.filter(({ state }) => state !== null)
  const isAll = open.every(isChosen)
  const title = page
    ? `${journalTitle(page.lesson.subject, page.lesson.group)}, ${dayMonth(page.lesson.day)}`
    : null
  return (
    <Card>
      <CardHead>
        <h2>
          {title ? (
            <Link to={paths.lesson} params={{ lessonId }}>
              {title}
            </Link>
          ) : (
            'Урок, которого в журнале нет'
          )}
        </h2>
      </CardHead>
      {!title && (
        <Soft>
          Урок появился после того дня, к которому вернулся журнал, или больше не ваш. Внести эти записи
          некуда: перепишите их себе или скажите заместителю директора.
        </Soft>
      )}
      {page?.lesson.state === 'closed' && (
        <Soft>Срок урока прошёл: отмеченное уйдёт заместителю директора на рассмотрение.</Soft>
      )}
      {open.length > 1 && (
        <Row>
          <Button
            variant="quiet"
            onClick={() =>
              onChoose(
                open.map(({ key }) => key),
                !isAll,
              )
            }
          >
            {isAll ? 'Снять все отметки' : 'Отметить все'}
          </Button>
        </Row>
      )}
      <ul className={styles.lines} aria-label={title ?? 'Записи урока, которого нет'}>
        {lines.map((line) => (
          <li key={line.key}>
            {line.state === null ? (
              <span>{placeWords(page, line.value)}</span>
            ) : (
              <Checkbox
                label={placeWords(page, line.value)}
                checked={isChosen(line)}
                onChange={(event) => onChoose([line.key], event.target.checked)}
              />
            )}
            <p>
              Вы ввели: <b>{valueWords(page, line.value)}</b>
            </p>
            <p>{standingWords(page, line)}</p>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function standingWords(page: LostLesson['page'], { standing, state }: LostLine): string {
  if (state === null) return page ? 'Такого ребёнка или работы на этом уроке нет' : 'В журнале: урока нет'
  const words = standing ? valueWords(page, standing) : 'ничего'
  return state === 'changed'
    ? `В журнале уже другое, введено после восстановления: ${words}`
    : `В журнале: ${words}`
}
