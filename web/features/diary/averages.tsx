import type { DiaryAverage } from '#contract/diary.ts'
import { Table } from '#ui/table.tsx'
import { averageText, decimal, shortDay } from '#web/formats.ts'
import styles from './diary.module.css'

/** Averages of the intake by subject, each with the marks and weights it comes from. */
export function Averages({ averages }: { averages: DiaryAverage[] }) {
  if (averages.length === 0) return null
  return (
    <details className={styles.averages}>
      <summary>Средние отметки за заезд</summary>
      <p className={styles.note}>
        Каждая отметка умножается на вес работы, сумма делится на сумму весов. Это не отметка за период.
      </p>
      <Table label="Средние отметки за заезд">
        <thead>
          <tr>
            <th scope="col">Предмет</th>
            <th scope="col" data-number>
              Средняя
            </th>
            <th scope="col">Из каких отметок</th>
          </tr>
        </thead>
        <tbody>
          {averages.map(({ subject, average, marks }) => (
            <tr key={subject}>
              <th scope="row">{subject}</th>
              <td data-number>
                <b>{averageText(average)}</b>
              </td>
              <td>{marks.map(markText).join('; ')}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </details>
  )
}

function markText({ value, weight, work, title, day }: DiaryAverage['marks'][number]): string {
  const name = title ? `${work.toLowerCase()} «${title}»` : work.toLowerCase()
  return `${value} — ${name}, ${shortDay(day)}${weight === 1 ? '' : `, вес ${decimal(weight)}`}`
}
