import { Link } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import type { DiaryChild } from '#contract/diary.ts'
import { isFound, searchWords } from '#domain/people/search.ts'
import { TextField } from '#ui/controls.tsx'
import { EmptyState, PageHeader, Skeleton, Stack } from '#ui/layout.tsx'
import { counted } from '#web/formats.ts'
import { useKept } from '#web/kept.ts'
import { LoadFailure } from '#web/load-failure.tsx'
import { useTitle } from '#web/title.ts'
import { paths } from '../../paths.ts'
import styles from './diary.module.css'
import { useDiaries } from './use-diary.ts'

/** Staff choose whose diary to open: by class, or by a few letters of the name. */
export function DiariesPage() {
  useTitle('Дневники')
  const query = useDiaries()
  const { data } = query
  if (data) return <Diaries students={data.students} />
  return (
    <>
      <PageHeader title="Дневники" lead=" " />
      {query.error ? <LoadFailure title="Список не открылся" query={query} /> : <Skeleton lines={10} />}
    </>
  )
}

function Diaries({ students }: { students: DiaryChild[] }) {
  const [query, setQuery] = useKept('diaries query', '')
  const words = searchWords(useDeferredValue(query))
  const found = students.filter(({ name, className }) => isFound([name, className], words))
  const classes = [...new Set(found.map(({ className }) => className))]
  return (
    <Stack>
      <PageHeader
        title="Дневники"
        lead={counted(found.length, 'воспитанник', 'воспитанника', 'воспитанников')}
      />
      <div className={styles.filter}>
        <TextField
          label="Найти"
          type="search"
          placeholder="Фамилия, имя или класс"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      </div>
      {found.length === 0 && (
        <EmptyState
          title={students.length === 0 ? 'Сегодня в классах нет воспитанников' : 'Никого не нашлось'}
        >
          {students.length === 0 ? 'Они появятся здесь, когда начнётся заезд.' : 'Попробуйте другое слово.'}
        </EmptyState>
      )}
      {classes.map((className) => (
        <section key={className} aria-label={className ?? ''}>
          <h2>{className}</h2>
          <ul className={styles.names}>
            {found
              .filter((student) => student.className === className)
              .map(({ id, name }) => (
                <li key={id}>
                  <Link to={paths.diary} params={{ studentId: id }} search={{}}>
                    {name}
                  </Link>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </Stack>
  )
}
