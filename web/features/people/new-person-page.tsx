import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'
import type { CreatedPerson, CreatePerson } from '#contract/people.ts'
import type { Role } from '#domain/access/access.ts'
import { Button, buttonClass } from '#ui/button.tsx'
import { Select, TextField } from '#ui/controls.tsx'
import { Card, Columns, PageHeader, Row, Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { toast } from '#web/announce.ts'
import { ApiProblem, call } from '#web/api.ts'
import { sentenceOf } from '#web/query-client.ts'
import { useSession } from '#web/session.ts'
import { useTitle } from '#web/title.ts'
import { paths } from '../../paths.ts'
import { ParticularsFields, particularsOf } from './particulars.tsx'
import { peopleQuery } from './people-queries.ts'
import { RoleOptions } from './role-options.tsx'

/** One more person for the lists (6.5). */
export function NewPersonPage() {
  useTitle('Новый человек')
  const { today } = useSession()
  const cache = useQueryClient()
  const navigate = useNavigate()
  const form = useRef<HTMLFormElement>(null)
  const create = useMutation({
    mutationFn: (body: CreatePerson) => call<CreatedPerson>('POST', '/api/people', { body }),
    onSuccess: async ({ id }) => {
      toast('Человек добавлен. Теперь можно выдать доступ.')
      await cache.invalidateQueries({ queryKey: ['people'] })
      await navigate({ to: paths.person, params: { personId: id } })
    },
  })
  const [asked, setAsked] = useState<string>('')

  function send(confirmDouble: boolean) {
    if (!form.current) return
    const data = new FormData(form.current)
    const role = String(data.get('role'))
    const roles = role ? [{ role: role as Role, from: String(data.get('from')) || today, to: null }] : []
    const person = particularsOf(data)
    setAsked(`${person.lastName} ${person.firstName}`)
    create.mutate({ ...person, roles, confirmDouble })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!create.isPending) send(false)
  }
  const problem = create.error instanceof ApiProblem ? create.error : null
  const double = problem?.problem.refusal === 'person-may-be-double'
  return (
    <>
      <PageHeader title="Новый человек" />
      <form ref={form} onSubmit={submit}>
        <Stack>
          <Card>
            <h2>Кто это</h2>
            <ParticularsFields problem={problem} />
          </Card>
          <Card>
            <h2>Роль</h2>
            <Columns>
              <Select
                label="Роль"
                name="role"
                hint="Другие роли можно добавить потом."
                defaultValue="teacher"
              >
                <option value="">пока без роли</option>
                <RoleOptions />
              </Select>
              <TextField label="С какого дня" name="from" type="date" required defaultValue={today} />
            </Columns>
          </Card>
          {double && <Doubles query={asked} onConfirm={() => send(true)} />}
          {create.error && !double && <Notice tone="error">{sentenceOf(create.error)}</Notice>}
          <Row>
            <Button type="submit" variant="primary" busy={create.isPending}>
              {create.isPending ? 'Добавляем…' : 'Добавить'}
            </Button>
            <Link to={paths.people} className={buttonClass()}>
              Отменить
            </Link>
          </Row>
        </Stack>
      </form>
    </>
  )
}

function Doubles({ query, onConfirm }: { query: string; onConfirm: () => void }) {
  const found = useQuery(peopleQuery({ query, kind: null, page: 1 }))
  return (
    <Notice
      tone="warn"
      title="Похоже, этот человек уже есть"
      action={<Button onClick={onConfirm}>Это другой человек, добавить</Button>}
    >
      <p>Совпали имя и дата рождения (или дата не указана). Посмотрите, не он ли это:</p>
      <ul>
        {found.data?.people.map(({ id, name, place }) => (
          <li key={id}>
            <Link to={paths.person} params={{ personId: id }}>
              {name}
            </Link>
            {place && ` — ${place}`}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
