import type { KnownLoss, Losses, RestoreOverview } from '#contract/restores.ts'
import { counted, moment } from '#web/formats.ts'
import styles from './backups.module.css'

/** What is known of the newest restore, whoever made it: what it has cost, and what authors have given back since. */
export function AfterRestore({ overview }: { overview: RestoreOverview }) {
  const { restored, lost, last, givenBack } = overview
  if (!restored) return null
  return (
    <>
      {lost ? (
        <LostText lost={lost} />
      ) : (
        <Uncounted restored={restored} isTold={last?.failure === null && last.at === restored.at} />
      )}
      {lost && lossLines(lost).length === 0 && givenBack.length === 0 ? null : (
        <GivenBackText givenBack={givenBack} />
      )}
    </>
  )
}

type UncountedProps = { restored: NonNullable<RestoreOverview['restored']>; isTold: boolean }

/** Restored by the command, from a lost disk or by a server of its own: nobody could count what was in the old one. */
function Uncounted({ restored: { at, until }, isTold }: UncountedProps) {
  const then = until ? `к минуте ${moment(until)}` : 'к последней минуте, которая есть в копии'
  return (
    <>
      {!isTold && (
        <p>
          {moment(at)} журнал возвращён {then}.
        </p>
      )}
      <h3>Что потеряно</h3>
      <p className={styles.text}>
        Внесённого {until ? 'после этой минуты' : 'позже'} в журнале нет. Сколько его было, неизвестно:
        прежней базы при восстановлении никто не читал. Отметки, пропуски, темы и задания помнят браузеры, где
        их вводили в последние семь дней: учителю их предложат внести заново, когда он войдёт с того же
        устройства. Остальное, например людей и настройки, вносят ещё раз.
      </p>
    </>
  )
}

/** What the last restore has cost, and whom to ask what it was. */
function LostText({ lost }: { lost: KnownLoss }) {
  const lines = lossLines(lost)
  if (lines.length === 0) return <p>Потерь нет: после этой минуты в журнал ничего не внесли.</p>
  return (
    <>
      <h3>Что потеряно</h3>
      <p className={styles.text}>
        Внесённое и изменённое с {moment(lost.until)} до {moment(lost.at)}: {lines.join(', ')}. Отметки,
        пропуски, темы и задания учителям предложат внести заново там, где их вводили. Остальное вносят ещё
        раз.
      </p>
      <ul className={styles.counts} aria-label="Чьё это было">
        {lost.authors.map(({ name, records }, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two may be without a name, and the list never changes
          <li key={n}>
            {name ?? 'Люди, которых в восстановленном журнале ещё нет'}:{' '}
            {counted(records, 'запись', 'записи', 'записей')}
          </li>
        ))}
      </ul>
    </>
  )
}

/** Numbers alone: what the entries were, and of whom, is between their author and the journal. */
function GivenBackText({ givenBack }: Pick<RestoreOverview, 'givenBack'>) {
  return (
    <>
      <h3>Что вернули авторы</h3>
      {givenBack.length === 0 ? (
        <p>Пока никто из учителей не внёс своих записей заново и не отказался от них.</p>
      ) : (
        <ul className={styles.counts} aria-label="Что вернули авторы">
          {givenBack.map(({ name, entered, putAside }, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two may be without a name, and nothing is kept in a line
            <li key={n}>
              {name ?? 'Те, кого в журнале уже нет'}: {decided(entered, putAside)}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

const entries = (count: number) => counted(count, 'запись', 'записи', 'записей')

const decided = (entered: number, putAside: number): string =>
  [
    ...(entered > 0 ? [`внесено заново ${entries(entered)}`] : []),
    ...(putAside > 0 ? [`решено не вносить ${entries(putAside)}`] : []),
  ].join(', ')

/** Records that are lost, counted by kind. */
export const lossLines = ({
  lessons,
  marks,
  attendance,
  homework,
  people,
  others,
}: Omit<Losses, 'minutes'>): string[] =>
  [
    lessons > 0 && counted(lessons, 'запись урока', 'записи уроков', 'записей уроков'),
    marks > 0 && counted(marks, 'отметка', 'отметки', 'отметок'),
    attendance > 0 && counted(attendance, 'запись о пропусках', 'записи о пропусках', 'записей о пропусках'),
    homework > 0 && counted(homework, 'домашнее задание', 'домашних задания', 'домашних заданий'),
    people > 0 && counted(people, 'карточка человека', 'карточки людей', 'карточек людей'),
    others > 0 && counted(others, 'другая запись', 'другие записи', 'других записей'),
  ].filter((line) => line !== false)
