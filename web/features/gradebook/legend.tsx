import type { Gradebook } from '#contract/gradebook.ts'
import { ATTENDANCE_COLUMN } from './head.tsx'
import styles from './journal-screen.module.css'
import { samples } from './looks.tsx'

const keys: [string, string][] = [
  ['Стрелки', 'по клеткам'],
  ['Enter', 'вниз'],
  ['Tab', 'вправо; в конце строки или после Escape — из таблицы'],
  ['Delete', 'очистить'],
  ['F2', 'комментарий к отметке'],
  ['Shift + стрелки, мышь', 'выделить блок'],
  ['Ctrl + C, Ctrl + V', 'скопировать и вставить, в том числе из Excel'],
  ['Ctrl + Z, Ctrl + Y', 'отменить и вернуть'],
  ['Правая кнопка, Shift + F10', 'все действия с клеткой'],
]

/** What everything on the grid means and which keys work. */
export function Legend({ gradebook: { codes, scale, lessons } }: { gradebook: Gradebook }) {
  const works = new Map(lessons.flatMap(({ works: all }) => all.map(({ short, name }) => [short, name])))
  const withoutWorks = lessons.some(({ works: all }) => all.length === 0)
  return (
    <details className={styles.legend}>
      <summary>Обозначения и клавиши</summary>
      <div className={styles.legendBody}>
        <dl>
          {codes.map(({ code, name }) => (
            <div key={code}>
              <dt>{code}</dt>
              <dd>{name}</dd>
            </div>
          ))}
          {scale.length > 0 && (
            <div>
              <dt>{scale.join(' ')}</dt>
              <dd>отметки</dd>
            </div>
          )}
        </dl>
        <dl>
          {[...works].map(([short, name]) => (
            <div key={short}>
              <dt>{short}</dt>
              <dd>{name}</dd>
            </div>
          ))}
          {withoutWorks && (
            <div>
              <dt>{ATTENDANCE_COLUMN}</dt>
              <dd>Посещаемость урока, на котором отметок нет</dd>
            </div>
          )}
        </dl>
        <dl>
          {samples.map(({ look, words }) => (
            <div key={words}>
              <dt aria-hidden="true">{look}</dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
        <dl>
          {keys.map(([key, meaning]) => (
            <div key={key}>
              <dt>{key}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </div>
    </details>
  )
}
