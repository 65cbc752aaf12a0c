import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'
import type { CreatedPerson, CreatePerson } from '#contract/people.ts'
import type { Role } from '#domain/access/access.ts'
import { Button, buttonClass } from '#ui/button.tsx'
import { Select } from '#ui/controls.tsx'
import { DateField } from '#ui/date-field.tsx'
import { Fields } from '#ui/field.tsx'
import { Form, type FormHandle } from '#ui/form.tsx'
import { Card, PageHeader, Row, Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { toast } from '#web/announce.ts'
import { ApiProblem, call } from '#web/api.ts'
import { sentenceOf } from '#web/query-client.ts'
import { useSession } from '#web/session.ts'
import { useTitle } from '#web/title.ts'
import { paths } from '../../paths.ts'
import { ParticularsFields, particularsOf } from './particulars.tsx'
import { type Answers, isQuestion, PersonQuestion, UNASKED } from './person-question.tsx'
import { RoleOptions } from './role-options.tsx'

/** One more person for the lists (6.5). */
export function NewPersonPage() {
  useTitle('Новый человек')
  const { today } = useSession()
  const cache = useQueryClient()
  const navigate = useNavigate()
  const handle = useRef<FormHandle>(null)
  const create = useMutation({
    mutationFn: (body: CreatePerson) => call<CreatedPerson>('POST', '/api/people', { body }),
    onSuccess: async ({ id, request }) => {
      handle.current?.settle()
      toast(
        request
          ? 'Человек добавлен. Роль ждёт подтверждения второго человека.'
          : 'Человек добавлен. Теперь можно выдать доступ.',
      )
      await cache.invalidateQueries({ queryKey: ['people'] })
      await navigate({ to: paths.person, params: { personId: id } })
    },
  })
  const [answers, setAnswers] = useState(UNASKED)

  function send(given: Answers) {
    const form = handle.current?.form
    if (!form) return
    const data = new FormData(form)
    const role = String(data.get('role'))
    const roles = role ? [{ role: role as Role, from: String(data.get('from')) || today, to: null }] : []
    setAnswers(given)
    create.mutate({ ...particularsOf(data), roles, ...given })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!create.isPending) send(UNASKED)
  }
  const problem = create.error instanceof ApiProblem ? create.error : null
  return (
    <>
      <PageHeader title="Новый человек" />
      <Form what="новый человек" handle={handle} onSubmit={submit}>
        <Stack>
          <Card>
            <h2>Кто это</h2>
            <ParticularsFields problem={problem} />
          </Card>
          <Card>
            <h2>Роль</h2>
            <Fields>
              <Select
                label="Роль"
                name="role"
                hint="Другие роли можно добавить потом."
                defaultValue="teacher"
              >
                <option value="">пока без роли</option>
                <RoleOptions />
              </Select>
              <DateField label="С какого дня" name="from" required defaultValue={today} />
            </Fields>
          </Card>
          {isQuestion(problem) && (
            <PersonQuestion
              problem={problem}
              answers={answers}
              busy={create.isPending}
              verb="добавить"
              onAnswer={send}
            />
          )}
          {create.error && !isQuestion(problem) && <Notice tone="error">{sentenceOf(create.error)}</Notice>}
          <Row>
            <Button type="submit" variant="primary" busy={create.isPending}>
              {create.isPending ? 'Добавляем…' : 'Добавить'}
            </Button>
            <Link to={paths.people} className={buttonClass()}>
              Отменить
            </Link>
          </Row>
        </Stack>
      </Form>
    </>
  )
}
