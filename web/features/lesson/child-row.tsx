import { type ClipboardEvent, type KeyboardEvent, useSyncExternalStore } from 'react'
import type { AttendanceCode, GradebookWork } from '#contract/gradebook.ts'
import type { LessonChild, LessonPage } from '#contract/lessons.ts'
import { type CellText, plainCellText, readCellText } from '#domain/marks/cell-text.ts'
import { Badge } from '#ui/notice.tsx'
import { copiedTable } from '#web/copied-table.ts'
import { usePendingWords } from '#web/pending-words.ts'
import { FieldState } from './field-state.tsx'
import { rememberCell, russian } from './grid-keys.ts'
import styles from './lesson.module.css'
import { type EntryState, isSaid, shown, stateOf } from './model/entry.ts'
import type { LessonStore } from './model/lesson-store.ts'
import { markKey, rollKey } from './model/wire.ts'

type Props = {
  child: LessonChild
  row: number
  page: LessonPage
  codes: AttendanceCode[]
  store: LessonStore
  /** Something was typed or pasted that is no value of a cell; null when the next one is. */
  onStrange: (text: string | null, child: LessonChild, work: GradebookWork) => void
  onReason: () => void
}

/** One child: was there or why not, and the marks of the lesson's works. */
export function ChildRow({ child, row, page, codes, store, onStrange, onReason }: Props) {
  const entry = useSyncExternalStore(store.subscribe, () => store.roll(child.id))
  const said = isSaid(entry)
  const { code } = shown(entry)
  const { name } = child
  const put = (next: string | null) => page.writable && store.putRoll([{ studentId: child.id, code: next }])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.key.length !== 1) return
    const known = page.codes.find((one) => one.code.toLowerCase() === russian(event.key))
    if (!known) return
    event.preventDefault()
    put(known.code)
  }
  const options = [{ code: null, name: 'на уроке' }, ...codes]
  const hidden = code !== null && !codes.some((one) => one.code === code)
  return (
    <>
      <tr className={styles.child} onKeyDown={onKeyDown}>
        <th scope="row">
          <span className={styles.number}>{row + 1}</span>
          {name}
          {child.arrived && <Badge tone="info">прибытие сегодня</Badge>}
          {child.leaves && <Badge tone="warn">последний день</Badge>}
          {hidden && <Badge>{code}</Badge>}
          {!said && child.offered?.code && <Badge tone="warn">{offerWords(child.offered)}</Badge>}
        </th>
        {options.map((option, column) => (
          <td key={option.code ?? 'present'}>
            <button
              type="button"
              className={styles.code}
              aria-label={`${name}: ${option.name}`}
              aria-pressed={said && code === option.code}
              title={option.name}
              aria-disabled={!page.writable || undefined}
              data-cell={`${row} ${column}`}
              tabIndex={row === 0 && column === 0 ? 0 : -1}
              onFocus={(event) => rememberCell(event.currentTarget)}
              onClick={() => put(option.code)}
            >
              {option.code ?? '✓'}
            </button>
          </td>
        ))}
        {page.works.map((work, n) => (
          <td key={work.id} data-work={work.short}>
            <MarkCell
              child={child}
              work={work}
              place={`${row} ${options.length + n}`}
              page={page}
              store={store}
              onCode={put}
              onStrange={(text) => onStrange(text, child, work)}
            />
          </td>
        ))}
        <RowState child={child} page={page} store={store} />
      </tr>
      <RowTroubles child={child} page={page} store={store} onReason={onReason} width={options.length} />
    </>
  )
}

const offerWords = ({ code, from }: NonNullable<LessonChild['offered']>) =>
  from === 'procedure' ? `${code} — процедура` : `${code} на прошлом уроке`

type MarkProps = {
  child: LessonChild
  work: GradebookWork
  place: string
  page: LessonPage
  store: LessonStore
  onCode: (code: string) => void
  onStrange: (text: string | null) => void
}

function MarkCell({ child, work, place, page, store, onCode, onStrange }: MarkProps) {
  const entry = useSyncExternalStore(store.subscribe, () => store.mark(work.id, child.id))
  const { value, comment } = shown(entry)
  const alphabet = { scale: page.scale, codes: page.codes.map(({ code }) => code) }
  const take = (said: CellText | null, text: string) => {
    if (!said) return onStrange(text)
    if (said.mark !== null) store.putMark(work.id, child.id, said.mark)
    if (said.code !== null) onCode(said.code)
    onStrange(null)
  }
  // Only what has just been typed counts: it replaces what stands there, wherever the caret is.
  const type = (whole: string, { data }: Partial<InputEvent>) => {
    if (whole === '') return store.putMark(work.id, child.id, null)
    const key = data?.length === 1 ? data : null
    take(readCellText(key === null ? whole : russian(key), alphabet), key ?? whole)
  }
  const paste = (event: ClipboardEvent) => {
    event.preventDefault()
    const cells = copiedTable(event.clipboardData)
      .flat()
      .filter((text) => plainCellText(text) !== '')
    const [only, ...more] = cells
    if (!page.writable || only === undefined) return
    take(more.length === 0 ? readCellText(only, alphabet) : null, cells.join(' '))
  }
  return (
    <input
      className={styles.mark}
      data-state={stateOf(entry)}
      data-cell={place}
      tabIndex={-1}
      inputMode="numeric"
      autoComplete="off"
      aria-label={`${child.name}, отметка: ${work.title || work.name}${comment ? `, комментарий: ${comment}` : ''}`}
      aria-invalid={entry.trouble ? true : undefined}
      value={value ?? ''}
      readOnly={!page.writable}
      onFocus={(event) => rememberCell(event.currentTarget)}
      onPaste={paste}
      onChange={(event) => page.writable && type(event.target.value, event.nativeEvent as InputEvent)}
    />
  )
}

type StateProps = Pick<Props, 'child' | 'page' | 'store'>
const RANK: EntryState[] = ['idle', 'saved', 'pending', 'conflict', 'refused']
// Never a tick: beside the buttons of the roll it would read as «present».
const stateWords: Record<EntryState, [sign: string, words: string] | null> = {
  idle: null,
  saved: ['', 'сохранено'],
  pending: ['…', 'сохраняется'],
  conflict: ['!', 'изменил другой человек'],
  refused: ['!', 'не сохранено'],
}

/** The worst of what is happening to the row, as a sign and in words. */
function RowState({ child, page, store }: StateProps) {
  const pending = usePendingWords()
  const worst = useSyncExternalStore(store.subscribe, () => {
    const states = [
      stateOf(store.roll(child.id)),
      ...page.works.map(({ id }) => stateOf(store.mark(id, child.id))),
    ]
    return Math.max(...states.map((state) => RANK.indexOf(state)))
  })
  const state = RANK[worst] ?? 'idle'
  const [sign, words] = stateWords[state] ?? []
  return (
    <td className={styles.state} data-state={state}>
      {words && (
        <>
          {sign && <b aria-hidden="true">{sign} </b>}
          <span>{state === 'pending' ? pending : words}</span>
        </>
      )}
    </td>
  )
}

type TroubleProps = StateProps & { onReason: () => void; width: number }

/** What went wrong with a child's entries, and the ways out. */
export function RowTroubles({ child, page, store, onReason, width }: TroubleProps) {
  const roll = useSyncExternalStore(store.subscribe, () => store.roll(child.id))
  const troubled = useSyncExternalStore(store.subscribe, () =>
    page.works
      .filter(({ id }) => store.mark(id, child.id).trouble)
      .map(({ id }) => id)
      .join(' '),
  )
  if (!roll.trouble && troubled === '') return null
  const works = page.works.filter(({ id }) => troubled.split(' ').includes(id))
  return (
    <tr>
      <td colSpan={width + page.works.length + 2}>
        {roll.trouble && (
          <FieldState
            entry={roll}
            words={({ code }) => `${child.name} — ${code ?? 'на уроке'}`}
            onDecide={(choice) => store.decide(rollKey(child.id), choice)}
            onReason={onReason}
          />
        )}
        {works.map(({ id }) => (
          <FieldState
            key={id}
            entry={store.mark(id, child.id)}
            words={({ value }) => `${child.name} — ${value ?? 'пусто'}`}
            onDecide={(choice) => store.decide(markKey(id, child.id), choice)}
            onReason={onReason}
          />
        ))}
      </td>
    </tr>
  )
}
