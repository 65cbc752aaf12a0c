import type { Gradebook } from '#contract/gradebook.ts'
import styles from './journal-screen.module.css'

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

/** What the letters mean and which keys work. */
export function Legend({ gradebook: { codes, scale } }: { gradebook: Gradebook }) {
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
