import { type ReactNode, type Ref, useMemo, useState, useSyncExternalStore } from 'react'
import type { GradebookWork } from '#contract/gradebook.ts'
import type { LessonChild, LessonPage, RollLine } from '#contract/lessons.ts'
import { plainCellText } from '#domain/marks/cell-text.ts'
import { shortNames } from '#domain/people/short-names.ts'
import { Button } from '#ui/button.tsx'
import { EmptyState, Row, Soft, Toolbar } from '#ui/layout.tsx'
import { announce } from '#web/announce.ts'
import { counted, decimal } from '#web/formats.ts'
import { ChildRow } from './child-row.tsx'
import { moveInGrid } from './grid-keys.ts'
import styles from './lesson.module.css'
import { isSaid, shown } from './model/entry.ts'
import type { LessonStore } from './model/lesson-store.ts'
import { ReadRoll } from './read-roll.tsx'

// Everyday codes are always in sight; the rest comes when asked for, or when a child has one.
const USUAL_CODES = 3
// With more codes and works the table scrolls in a frame of its own.
const COLUMNS_IN_SIGHT = 10

type Props = {
  page: LessonPage
  store: LessonStore
  control: Ref<HTMLButtonElement>
  onDone: () => void
  onReason: () => void
  onWork: (work: GradebookWork | null) => void
}

/** Attendance and marks in the same rows: every button large, the whole class in one press. */
export function RollPart({ page: given, store, control, onDone, onReason, onWork }: Props) {
  const page = useMemo(() => ({ ...given, children: shortlyNamed(given.children) }), [given])
  const [allCodes, setAllCodes] = useState(false)
  const [strange, setStrange] = useState<string | null>(null)
  const unmarked = useUnmarked(page, store)
  const { children, works, scale, writable } = page
  const used = useUsedCodes(page, store)
  const codes = page.codes.filter(({ code }, n) => allCodes || n < USUAL_CODES || used.includes(code))
  if (children.length === 0) {
    return <EmptyState title="В этот день в группе нет воспитанников">Список ведёт секретарь.</EmptyState>
  }
  return (
    <section className={styles.roll} aria-labelledby="roll-title">
      <Row>
        <h2 id="roll-title">{scale.length > 0 ? 'Посещаемость и отметки' : 'Посещаемость'}</h2>
        <Soft>{rollWords(children.length, unmarked.length)}</Soft>
      </Row>
      {writable && (
        <RollTools
          page={page}
          unmarked={unmarked}
          control={control}
          onTake={(lines) => {
            store.putRoll(lines)
            onDone()
          }}
        >
          {scale.length > 0 && <Button onClick={() => onWork(null)}>Добавить работу</Button>}
          {page.codes.length > USUAL_CODES && (
            <Button aria-pressed={allCodes} onClick={() => setAllCodes(!allCodes)}>
              Все обозначения
            </Button>
          )}
        </RollTools>
      )}
      {!writable && <ReadRoll page={page} store={store} onReason={onReason} />}
      {writable && (
        <div
          className={styles.tableFrame}
          data-wide={codes.length + works.length > COLUMNS_IN_SIGHT || undefined}
        >
          {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are moved through by arrow keys is a grid */}
          <table role="grid" className={styles.table} aria-labelledby="roll-title" onKeyDown={moveInGrid}>
            <thead>
              <tr>
                <th scope="col">Воспитанник</th>
                <th scope="col">На уроке</th>
                {codes.map(({ code, name }) => (
                  <th key={code} scope="col">
                    <abbr title={name}>{code}</abbr>
                  </th>
                ))}
                {works.map((work) => (
                  <th key={work.id} scope="col">
                    <WorkHead work={work} editable={writable} onWork={onWork} />
                  </th>
                ))}
                <th scope="col">
                  <span className={styles.hidden}>Состояние</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {children.map((child, row) => (
                <ChildRow
                  key={child.id}
                  child={child}
                  row={row}
                  page={page}
                  codes={codes}
                  store={store}
                  onStrange={(text, one, work) => {
                    const words = text && strangeWords(text, one, work, page)
                    setStrange(words)
                    if (words) announce(words)
                  }}
                  onReason={onReason}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {strange && <p className={styles.strange}>{strange}</p>}
      <p className={styles.legend}>
        {codes.map(({ code, name }) => (
          <span key={code}>
            <b>{code}</b> — {uncapital(name)}
          </span>
        ))}
        {works.map((work) => (
          <span key={work.id}>
            <b>{work.short}</b> — {uncapital(workWords(work))}
          </span>
        ))}
      </p>
    </section>
  )
}

/** Children of one lesson, each called so that no two read alike. */
function shortlyNamed(children: LessonChild[]): LessonChild[] {
  const names = shortNames(children.map(({ name }) => name))
  return children.map((child, n) => ({ ...child, name: names[n] ?? child.name }))
}

function strangeWords(text: string, child: LessonChild, { name }: GradebookWork, page: LessonPage): string {
  const values = [...page.scale, ...page.codes.map(({ code }) => code)].join(', ')
  const said = plainCellText(text).replace(/\s+/g, ' ').slice(0, 24)
  return `Не записано: ${child.name}, ${uncapital(name)}: «${said}» — не одно значение. Можно: ${values}.`
}

type ToolsProps = {
  page: LessonPage
  unmarked: LessonChild[]
  control: Ref<HTMLButtonElement>
  onTake: (lines: RollLine[]) => void
  children: ReactNode
}

/** The whole class in one press: as the earlier lesson and procedures say, or everybody present. */
function RollTools({ page, unmarked, control, onTake, children }: ToolsProps) {
  const offered = unmarked.filter(({ offered: offer }) => offer?.code)
  const some = unmarked.length > 0 && unmarked.length < page.children.length
  return (
    <Toolbar label="Посещаемость всего класса">
      {offered.length > 0 && (
        <Button
          ref={control}
          variant="primary"
          className={styles.proposal}
          onClick={() =>
            onTake(unmarked.map(({ id, offered: offer }) => ({ studentId: id, code: offer?.code ?? null })))
          }
        >
          Нет: {offered.map(offerWords).join(', ')}; остальные на месте
        </Button>
      )}
      {unmarked.length > 0 && (
        <Button
          ref={offered.length > 0 ? undefined : control}
          variant={offered.length > 0 ? 'secondary' : 'primary'}
          onClick={() => onTake(unmarked.map(({ id }) => ({ studentId: id, code: null })))}
        >
          {some ? 'Остальные на месте' : 'Все на месте'}
        </Button>
      )}
      {children}
    </Toolbar>
  )
}

type HeadProps = { work: GradebookWork; editable: boolean; onWork: (work: GradebookWork) => void }

function WorkHead({ work, editable, onWork }: HeadProps) {
  const words = workWords(work)
  if (!editable) return <abbr title={words}>{work.short}</abbr>
  return (
    <Button variant="quiet" aria-label={`${words}: изменить`} title={words} onClick={() => onWork(work)}>
      {work.short}
    </Button>
  )
}

function workWords({ name, title, weight }: GradebookWork): string {
  return `${name}${title ? ` «${title}»` : ''}, вес ${decimal(weight)}`
}

const uncapital = (words: string) => words.charAt(0).toLowerCase() + words.slice(1)

/** Codes that a child of the lesson has or is offered: each needs its button to be seen pressed. */
function useUsedCodes({ children }: LessonPage, store: LessonStore): string[] {
  const list = () =>
    children
      .map(({ id, offered }) => {
        const entry = store.roll(id)
        return (isSaid(entry) ? shown(entry).code : offered?.code) ?? ''
      })
      .join(' ')
  return useSyncExternalStore(store.subscribe, list).split(' ')
}

function useUnmarked({ children }: LessonPage, store: LessonStore): LessonChild[] {
  const list = () =>
    children
      .filter(({ id }) => !isSaid(store.roll(id)))
      .map(({ id }) => id)
      .join(' ')
  const ids = useSyncExternalStore(store.subscribe, list).split(' ')
  return children.filter(({ id }) => ids.includes(id))
}

const offerWords = ({ name, offered }: LessonChild) => `${name} (${offered?.code})`

function rollWords(all: number, unmarked: number): string {
  if (unmarked === 0) return `✓ Отмечены все: ${counted(all, 'воспитанник', 'воспитанника', 'воспитанников')}`
  return `Не отмечено ${unmarked} из ${all}`
}
