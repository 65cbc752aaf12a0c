import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { ControlList } from '#contract/control.ts'
import { Select } from '#ui/controls.tsx'
import { Fold } from '#ui/fold.tsx'
import { EmptyState, PageHeader, Skeleton, Stack } from '#ui/layout.tsx'
import { DeskTabs } from '#web/desk-tabs.tsx'
import { counted, daySpan } from '#web/formats.ts'
import { LoadFailure } from '#web/load-failure.tsx'
import { useSession } from '#web/session.ts'
import { useTitle } from '#web/title.ts'
import { paths } from '../../paths.ts'
import styles from './control.module.css'
import { type ControlSearch, controlSearch, spanOf } from './control-search.ts'
import { CoverToday } from './cover-dialog.tsx'
import { Found } from './found.tsx'
import { Kinds } from './kinds.tsx'
import { shownWords } from './shown-words.ts'
import { SpanBar } from './span-bar.tsx'
import { useControl } from './use-control.ts'

const route = getRouteApi(paths.control)

/** The control desk: lessons that are not filled, late or substituted, each opening its lesson. */
export function ControlPage() {
  useTitle('Контроль журнала')
  const search = controlSearch(route.useSearch())
  const { today } = useSession()
  const span = spanOf(search, today)
  const navigate = useNavigate()
  const query = useControl(search)
  const { data, error } = query
  const show = (more: { [Key in keyof ControlSearch]: ControlSearch[Key] | undefined }) =>
    void navigate({ to: paths.control, search: { ...search, ...more } as ControlSearch, replace: true })
  return (
    <Stack>
      <PageHeader
        title="Контроль журнала"
        lead={[daySpan(span.from, span.to), ...leadOf(data, search)].join(' · ')}
      >
        <CoverToday />
      </PageHeader>
      <DeskTabs from={search.from} to={search.to} />
      <Fold label="Отбор" active={activeFilters(search)}>
        <SpanBar span={span} onSpan={show} />
        {data && <Filters data={data} search={search} onFilter={show} />}
        {data && <Kinds counts={data.counts} search={search} />}
      </Fold>
      <LoadFailure title="Список не открылся" query={query} />
      {!data && !error && <Skeleton lines={14} />}
      {data && <Rows data={data} busy={query.isFetching} />}
    </Stack>
  )
}

const activeFilters = ({ from, to, teacherId, classId, show }: ControlSearch): number =>
  [from ?? to, teacherId, classId, show === 'findings' ? undefined : show].filter(Boolean).length

/** What the list is about, for whoever holds it on paper. */
function leadOf(
  data: ControlList | undefined,
  { teacherId, classId, show = 'findings' }: ControlSearch,
): string[] {
  if (!data) return []
  const teacher = data.teachers.find(({ id }) => id === teacherId)?.name
  const group = data.classes.find(({ id }) => id === classId)?.name
  const words = `${shownWords[show].toLowerCase()}: ${data.total}`
  return [teacher, group, words].filter((part) => part !== undefined)
}

type FiltersProps = {
  data: ControlList
  search: ControlSearch
  onFilter: (more: { teacherId?: string | undefined; classId?: string | undefined }) => void
}

function Filters({ data, search, onFilter }: FiltersProps) {
  return (
    <div className={styles.filters}>
      <Select
        label="Учитель"
        value={search.teacherId ?? ''}
        onChange={({ target }) => onFilter({ teacherId: target.value || undefined })}
      >
        <Choices all="Все учителя" choices={data.teachers} chosen={search.teacherId} />
      </Select>
      <Select
        label="Класс или кружок"
        value={search.classId ?? ''}
        onChange={({ target }) => onFilter({ classId: target.value || undefined })}
      >
        <Choices all="Все классы" choices={data.classes} chosen={search.classId} />
      </Select>
    </div>
  )
}

type Choice = ControlList['teachers'][number]

function Choices({ all, choices, chosen }: { all: string; choices: Choice[]; chosen: string | undefined }) {
  const gone = chosen !== undefined && !choices.some(({ id }) => id === chosen)
  return (
    <>
      <option value="">{all}</option>
      {gone && <option value={chosen}>За эти дни уроков нет</option>}
      {choices.map(({ id, name, counts }) => (
        <option key={id} value={id}>
          {name}
          {counts.missing > 0 && ` — не заполнено: ${counts.missing}`}
        </option>
      ))}
    </>
  )
}

function Rows({ data, busy }: { data: ControlList; busy: boolean }) {
  if (data.counts.held === 0) {
    return (
      <EmptyState title="Проведённых уроков за эти дни нет">
        Урок появляется здесь после своего звонка. Выберите другие дни или снимите отбор.
      </EmptyState>
    )
  }
  if (data.total === 0) {
    return <EmptyState title="Замечаний нет">По выбранным дням, учителю и классу здесь пусто.</EmptyState>
  }
  return (
    <div aria-busy={busy}>
      <Found rows={data.rows} />
      {data.total > data.rows.length && (
        <p>
          Показаны первые {counted(data.rows.length, 'урок', 'урока', 'уроков')} из {data.total}. Сузьте
          отбор.
        </p>
      )}
    </div>
  )
}
