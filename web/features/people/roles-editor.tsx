import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Person, PutRoles, VersionedOrAsked } from '#contract/people.ts'
import type { Role } from '#domain/access/access.ts'
import { PRIVILEGED } from '#domain/access/approval.ts'
import { Button } from '#ui/button.tsx'
import { Select } from '#ui/controls.tsx'
import { DateField } from '#ui/date-field.tsx'
import { Beside, Fields } from '#ui/field.tsx'
import { Card, Row, Soft, Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { useUnsaved } from '#ui/unsaved.ts'
import { toast } from '#web/announce.ts'
import { call } from '#web/api.ts'
import { daySpan } from '#web/formats.ts'
import { newId } from '#web/identifiers.ts'
import { ChangedMeanwhile } from '#web/kept-form.tsx'
import { sentenceOf } from '#web/query-client.ts'
import { roleWords } from '#web/role-words.ts'
import { saveOver } from '#web/save-over.ts'
import { useSession } from '#web/session.ts'
import styles from './people.module.css'
import { personQuery } from './people-queries.ts'
import { RoleOptions } from './role-options.tsx'

type Line = { key: string; id: string | undefined; role: Role; from: string; to: string | null }

const linesOf = (person: Person): Line[] => person.roles.map((one) => ({ ...one, key: one.id }))

function sameRoles(lines: Line[], { roles }: Person): boolean {
  const plain = (all: { role: Role; from: string; to: string | null }[]) =>
    JSON.stringify(all.map(({ role, from, to }) => [role, from, to]))
  return plain(lines) === plain(roles)
}

const rolesInWords = ({ roles }: Person) =>
  roles.map(({ role, from, to }) => ({
    label: roleWords[role],
    now: to ? daySpan(from, to) : `с ${daySpan(from, from)}`,
  }))

/** The roles of a person with their days; for who may not change them, a list. */
export function RolesCard({ person, writable }: { person: Person; writable: boolean }) {
  return (
    <Card>
      <h2>Роли</h2>
      {writable ? <RolesForm person={person} /> : <RolesList person={person} />}
    </Card>
  )
}

function RolesList({ person }: { person: Person }) {
  if (person.roles.length === 0) return <Soft>Ролей нет.</Soft>
  return (
    <ul>
      {person.roles.map(({ id, role, from, to }) => (
        <li key={id}>
          {roleWords[role]} <Soft>{to ? daySpan(from, to) : `с ${daySpan(from, from)}`}</Soft>
        </li>
      ))}
    </ul>
  )
}

function RolesForm({ person }: { person: Person }) {
  const { today } = useSession()
  const cache = useQueryClient()
  const [base, setBase] = useState(person)
  const [lines, setLines] = useState<Line[]>(() => linesOf(person))
  const dirty = !sameRoles(lines, base)
  const release = useUnsaved('роли', dirty)
  const startAnew = () => {
    setBase(person)
    setLines(linesOf(person))
  }
  // Untouched lines follow the record; touched ones stay, and are saved over it.
  if (base !== person && (!dirty || sameRoles(lines, person))) startAnew()
  const save = useMutation({
    mutationFn: (roles: PutRoles['roles']) =>
      saveOver(person, {
        part: (record) => record.roles,
        save: (version) =>
          call<VersionedOrAsked>('PUT', `/api/people/${person.id}/roles`, { body: { roles, version } }),
        readAgain: () => cache.fetchQuery({ ...personQuery(person.id), staleTime: 0 }),
      }),
    onSuccess: async ({ request }) => {
      release()
      toast(request ? 'Особые роли ждут подтверждения, остальное сохранено' : 'Роли сохранены')
      // What waits is not in the set yet: the form shows what stands.
      const stands = await cache.fetchQuery({ ...personQuery(person.id), staleTime: 0 })
      setBase(stands)
      setLines(linesOf(stands))
      await cache.invalidateQueries({ queryKey: ['people'] })
    },
    onError: () => cache.invalidateQueries(personQuery(person.id)),
  })
  const change = (key: string, part: Partial<Line>) =>
    setLines(lines.map((line) => (line.key === key ? { ...line, ...part } : line)))
  const add = () =>
    setLines([...lines, { key: newId(), id: undefined, role: 'teacher', from: today, to: null }])
  const send = () => {
    const roles = lines.map(({ id, role, from, to }) => ({ ...(id && { id }), role, from, to }))
    save.mutate(roles)
  }
  const changed = dirty && !sameRoles(linesOf(base), person) ? rolesInWords(person) : []
  return (
    <Stack>
      {lines.length === 0 && <Soft>Ролей нет: войти в журнал этот человек не сможет.</Soft>}
      {lines.map((line, n) => (
        <fieldset key={line.key} className={styles.role}>
          <legend>Роль {n + 1}</legend>
          <Fields least="11rem">
            <Select
              label="Роль"
              value={line.role}
              onChange={(event) => change(line.key, { role: event.target.value as Role })}
            >
              <RoleOptions />
            </Select>
            <DateField
              label="С какого дня"
              required
              value={line.from}
              onDay={(day) => change(line.key, { from: day })}
            />
            <DateField
              label="По какой день"
              optional
              value={line.to ?? ''}
              onDay={(day) => change(line.key, { to: day || null })}
            />
            <Beside>
              <Button onClick={() => setLines(lines.filter(({ key }) => key !== line.key))}>
                Снять<span className={styles.forEars}> роль {roleWords[line.role]}</span>
              </Button>
            </Beside>
          </Fields>
        </fieldset>
      ))}
      {lines.some(({ role }) => PRIVILEGED.includes(role)) && (
        <Soft>
          Роль директора, заместителя, администратора или ответственного за журнал и её сроки подтверждает
          второй человек.
        </Soft>
      )}
      {save.error && <Notice tone="error">{sentenceOf(save.error)}</Notice>}
      <ChangedMeanwhile changed={changed} onStartAnew={startAnew} />
      <Row>
        <Button onClick={add}>Добавить роль</Button>
        <Button variant="primary" busy={save.isPending} onClick={send}>
          Сохранить роли
        </Button>
      </Row>
    </Stack>
  )
}
