import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import type { PersonKind, PersonLine } from '#contract/people.ts'
import { Button, buttonClass } from '#ui/button.tsx'
import { TextField } from '#ui/controls.tsx'
import { ButtonGroup, EmptyState, PageHeader, Row, Skeleton, Soft, Stack } from '#ui/layout.tsx'
import { Badge, Notice } from '#ui/notice.tsx'
import { Table } from '#ui/table.tsx'
import { counted } from '#web/formats.ts'
import { useKept } from '#web/kept.ts'
import { sentenceOf } from '#web/query-client.ts'
import { roleWords } from '#web/role-words.ts'
import { hasRole, useSession } from '#web/session.ts'
import { useTitle } from '#web/title.ts'
import { paths } from '../../paths.ts'
import styles from './people.module.css'
import { accountWords, peopleQuery, type Search } from './people-queries.ts'

const KINDS: { kind: PersonKind | null; label: string }[] = [
  { kind: null, label: 'Все' },
  { kind: 'staff', label: 'Сотрудники' },
  { kind: 'students', label: 'Воспитанники' },
  { kind: 'guardians', label: 'Представители' },
]

/** The lists of people that the system administrator keeps right (6.5). */
export function PeoplePage() {
  useTitle('Люди')
  const session = useSession()
  const [search, setSearch] = useKept<Search>('people', { query: '', kind: null, page: 1 })
  const asked = useDeferredValue(search)
  const found = useQuery(peopleQuery(asked))
  const change = (part: Partial<Search>) => {
    setSearch({ ...search, page: 1, ...part })
  }
  return (
    <>
      <PageHeader
        title="Люди"
        lead={found.data && counted(found.data.total, 'человек', 'человека', 'человек')}
      >
        {hasRole(session, 'system-admin') && (
          <Row>
            <Link to={paths.accessBatch} className={buttonClass()}>
              Доступ для класса
            </Link>
            <Link to={paths.newPerson} className={buttonClass('primary')}>
              Добавить человека
            </Link>
          </Row>
        )}
      </PageHeader>
      <Stack>
        <search>
          <Stack>
            <TextField
              label="Фамилия, имя или отчество"
              hint="Можно первые буквы: «ив пет» найдёт Иванова Петра."
              type="search"
              autoComplete="off"
              maxLength={100}
              value={search.query}
              onChange={(event) => change({ query: event.target.value })}
            />
            <ButtonGroup label="Кто">
              {KINDS.map(({ kind, label }) => (
                <Button key={label} aria-pressed={search.kind === kind} onClick={() => change({ kind })}>
                  {label}
                </Button>
              ))}
            </ButtonGroup>
          </Stack>
        </search>
        {found.isError && (
          <Notice tone="error" action={<Button onClick={() => void found.refetch()}>Ещё раз</Button>}>
            {sentenceOf(found.error)}
          </Notice>
        )}
        {found.isPending && <Skeleton lines={8} />}
        {found.data && found.data.people.length === 0 && <Nobody searched={asked.query !== ''} />}
        {found.data && found.data.people.length > 0 && (
          <>
            <List people={found.data.people} />
            <Pages page={found.data.page} pages={found.data.pages} onGo={(page) => change({ page })} />
          </>
        )}
      </Stack>
    </>
  )
}

const rolesText = (roles: PersonLine['roles']) => roles.map((role) => roleWords[role]).join(', ')

function List({ people }: { people: PersonLine[] }) {
  return (
    <Table label="Список людей">
      <thead>
        <tr>
          <th scope="col">Имя</th>
          <th scope="col" className={styles.wideOnly}>
            Класс или должность
          </th>
          <th scope="col" className={styles.wideOnly}>
            Роли сейчас
          </th>
          <th scope="col">Доступ</th>
        </tr>
      </thead>
      <tbody>
        {people.map(({ id, name, place, roles, account }) => (
          <tr key={id}>
            <th scope="row">
              <Link to={paths.person} params={{ personId: id }}>
                {name}
              </Link>
              <span className={styles.narrowOnly}>
                {[place, rolesText(roles)].filter(Boolean).join(', ')}
              </span>
            </th>
            <td className={styles.wideOnly}>{place ?? '—'}</td>
            <td className={styles.wideOnly}>{rolesText(roles) || 'нет'}</td>
            <td>
              <Badge tone={accountWords[account].tone}>{accountWords[account].text}</Badge>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function Nobody({ searched }: { searched: boolean }) {
  return searched ? (
    <EmptyState title="Никого не нашли">
      Проверьте буквы фамилии и выбранный список. «Ё» можно писать как «е», апострофы и дефисы пропускать.
    </EmptyState>
  ) : (
    <EmptyState title="Здесь пока никого">
      Людей добавляют по одному или загружают из таблиц центра.
    </EmptyState>
  )
}

function Pages({ page, pages, onGo }: { page: number; pages: number; onGo: (page: number) => void }) {
  if (pages < 2) return null
  return (
    <nav aria-label="Страницы списка">
      <Row>
        <Button disabled={page <= 1} onClick={() => onGo(page - 1)}>
          Назад
        </Button>
        <Soft>
          Страница {page} из {pages}
        </Soft>
        <Button disabled={page >= pages} onClick={() => onGo(page + 1)}>
          Дальше
        </Button>
      </Row>
    </nav>
  )
}
