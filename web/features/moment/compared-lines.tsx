import type { MomentLesson, MomentLine } from '#contract/moments.ts'
import { Badge, Notice } from '#ui/notice.tsx'
import { counted } from '#web/formats.ts'
import { StaffName } from '#web/staff-name.tsx'
import { differenceWords, placeWords, valueWords } from './line-words.ts'
import styles from './moment.module.css'
import { keyOf, type Picked } from './use-taking-back.ts'

type Props = { of: MomentLesson; label: string; picked: Picked }

/** What differs between then and now, to be ticked by whoever may take it back, and below it what is the same. */
export function ComparedLines({ of, label, picked }: Props) {
  const differing = of.lines.filter(({ difference }) => difference !== 'same')
  const same = of.lines.filter(({ difference }) => difference === 'same')
  return (
    <>
      {!of.stood && <Notice>Тогда этого урока в журнале ещё не было.</Notice>}
      <WhoTakesBack of={of} />
      {differing.length === 0 && of.stood && <p>Отличий нет: всё стоит так же, как тогда.</p>}
      {differing.length > 0 && (
        <Lines of={of} lines={differing} label={`Отличается: ${label}`} picked={picked} />
      )}
      {of.others > 0 && (
        <p className={styles.soft}>
          Ещё {counted(of.others, 'воспитанник', 'воспитанника', 'воспитанников')} с записями того дня сегодня
          в списке урока не значится.
        </p>
      )}
      {same.length > 0 && (
        <details className={styles.same}>
          <summary>Совпадает: {same.length}</summary>
          <Lines of={of} lines={same} label={`Совпадает: ${label}`} picked={null} />
        </details>
      )}
    </>
  )
}

/** Only who teaches the lesson writes it, so only they take back. */
function WhoTakesBack({ of: { teaches, lesson, lines, teacher } }: { of: MomentLesson }) {
  const lost = lines.some(({ difference }) => difference === 'changed' || difference === 'gone')
  if (!lost) return null
  if (!teaches)
    return (
      <Notice>
        Вернуть может тот, кто ведёт урок: <StaffName of={teacher} />, на странице этого урока. Если учителя
        сейчас нет, назначьте на урок замену. Запись закрытого урока сначала придёт на рассмотрение.
      </Notice>
    )
  if (lesson.state !== 'closed') return null
  return (
    <Notice tone="warn">
      Срок записи этого урока прошёл: возвращённое сначала попадёт на рассмотрение и встанет в журнал, когда
      его разрешат.
    </Notice>
  )
}

type LinesProps = { of: MomentLesson; lines: MomentLine[]; label: string; picked: Picked | null }

function Lines({ of, lines, label, picked }: LinesProps) {
  const picks = picked !== null && lines.some(({ takeable }) => takeable)
  return (
    <table className={styles.table} aria-label={label}>
      <thead>
        <tr>
          {picks && (
            <th scope="col" className={styles.pick}>
              Вернуть
            </th>
          )}
          <th scope="col">Что</th>
          <th scope="col" className={styles.then}>
            Было
          </th>
          <th scope="col">Сейчас</th>
          <th scope="col">Отличие</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={keyOf(of, line)}>
            {picks && (
              <td className={styles.pick}>{line.takeable && <Pick of={of} line={line} picked={picked} />}</td>
            )}
            <th scope="row">{placeWords(line)}</th>
            <td className={styles.then} data-label="Было">
              {valueWords(line.part, line.before, of.codes)}
            </td>
            <td data-label="Сейчас">{valueWords(line.part, line.now, of.codes)}</td>
            <td>
              <Badge tone={differenceWords[line.difference].tone}>
                {differenceWords[line.difference].words}
              </Badge>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Pick({ of, line, picked }: { of: MomentLesson; line: MomentLine; picked: Picked }) {
  const key = keyOf(of, line)
  return (
    <label>
      <input
        type="checkbox"
        aria-label={`Вернуть: ${placeWords(line)}`}
        checked={picked.keys.has(key)}
        onChange={({ target }) => picked.set([key], target.checked)}
      />
      <span className={styles.pickWord}>Вернуть</span>
    </label>
  )
}
