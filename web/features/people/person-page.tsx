import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type FormEvent, Fragment, useState } from 'react'
import type { AccessSlip } from '#contract/accounts.ts'
import type { Person, UpdatePerson, Versioned } from '#contract/people.ts'
import { phoneText } from '#domain/people/contacts.ts'
import { Button, buttonClass } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { Card, Columns, EmptyState, PageHeader, Row, Skeleton, Soft, Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { toast } from '#web/announce.ts'
import { ApiProblem, call } from '#web/api.ts'
import { daySpan } from '#web/formats.ts'
import { ChangedMeanwhile, useKeptForm } from '#web/kept-form.tsx'
import { sentenceOf } from '#web/query-client.ts'
import { saveOver } from '#web/save-over.ts'
import { hasRole, useSession } from '#web/session.ts'
import { Slips } from '#web/slips.tsx'
import { useTitle } from '#web/title.ts'
import { paths } from '../../paths.ts'
import { AccountCard } from './account-card.tsx'
import { ParticularsFields, type Particulars as ParticularsOf, particularsOf } from './particulars.tsx'
import styles from './people.module.css'
import { personQuery } from './people-queries.ts'
import { type Answers, isQuestion, PersonQuestion, UNASKED } from './person-question.tsx'
import { RolesCard } from './roles-editor.tsx'

/** One person: who it is, roles, access, groups and family. */
export function PersonPage() {
  const { personId } = useParams({ from: paths.person })
  const writable = hasRole(useSession(), 'system-admin')
  const found = useQuery(personQuery(personId))
  const [slip, setSlip] = useState<AccessSlip | null>(null)
  // The tab's title reaches the browser's history; the name does not belong there.
  useTitle('Человек')
  if (found.isPending) return <Skeleton lines={10} />
  if (!found.data)
    return (
      <EmptyState
        title="Не удалось открыть"
        action={
          <Link to={paths.people} className={buttonClass()}>
            К списку людей
          </Link>
        }
      >
        {sentenceOf(found.error)}
      </EmptyState>
    )
  const person = found.data
  return (
    <>
      {slip && <Slips title="Доступ выдан" slips={[slip]} onDone={() => setSlip(null)} />}
      {/* Put aside, not taken away: what was typed into the card is there again after the slip. */}
      <div hidden={slip !== null}>
        <PageHeader title={person.name} lead={person.position}>
          <Link to={paths.people} className={buttonClass()}>
            К списку людей
          </Link>
        </PageHeader>
        <Stack>
          <AccountCard person={person} writable={writable} onSlip={setSlip} />
          <RolesCard person={person} writable={writable} />
          <Card>
            <h2>Сведения</h2>
            {writable ? <ParticularsForm person={person} /> : <Particulars person={person} />}
          </Card>
          <Ties person={person} />
        </Stack>
      </div>
    </>
  )
}

const SEX_WORDS = { female: 'женский', male: 'мужской' }

function Particulars({ person }: { person: Person }) {
  const facts = [
    ['Дата рождения', person.birthOn?.split('-').reverse().join('.')],
    ['Пол', person.sex && SEX_WORDS[person.sex]],
    ['Телефон', person.phone && phoneText(person.phone)],
    ['Электронная почта', person.email],
  ]
  return (
    <dl className={styles.facts}>
      {facts.map(([term, fact]) => (
        <Fragment key={term}>
          <dt>{term}</dt>
          <dd>{fact ?? 'не указано'}</dd>
        </Fragment>
      ))}
    </dl>
  )
}

const FIELD_WORDS: Record<keyof ParticularsOf, string> = {
  lastName: 'Фамилия',
  firstName: 'Имя',
  middleName: 'Отчество',
  birthOn: 'Дата рождения',
  sex: 'Пол',
  phone: 'Телефон',
  email: 'Электронная почта',
}

const particularsIn = ({ lastName, firstName, middleName, birthOn, sex, phone, email }: Person) => ({
  lastName,
  firstName,
  middleName,
  birthOn,
  sex,
  // As the field shows it: an untouched number is not a changed one.
  phone: phone && phoneText(phone),
  email,
})

function valueWords(key: keyof ParticularsOf, person: Person): string {
  const value = person[key]
  if (value === null) return 'не указано'
  if (key === 'birthOn') return value.split('-').reverse().join('.')
  if (key === 'phone') return phoneText(value)
  return key === 'sex' ? SEX_WORDS[value as keyof typeof SEX_WORDS] : value
}

function ParticularsForm({ person }: { person: Person }) {
  const cache = useQueryClient()
  const kept = useKeptForm(person, particularsIn)
  const save = useMutation({
    mutationFn: (body: Omit<UpdatePerson, 'version'>) =>
      saveOver(person, {
        part: particularsIn,
        save: (version) => call<Versioned>('PUT', `/api/people/${person.id}`, { body: { ...body, version } }),
        readAgain: () => cache.fetchQuery({ ...personQuery(person.id), staleTime: 0 }),
      }),
    onSuccess: async () => {
      kept.settle()
      toast('Сведения сохранены')
      await cache.invalidateQueries({ queryKey: ['people'] })
    },
    // Somebody was faster: what stands there now is shown beside what was typed.
    onError: () => cache.invalidateQueries(personQuery(person.id)),
  })
  const [answers, setAnswers] = useState(UNASKED)
  const send = (given: Answers) => {
    const form = kept.handle.current?.form
    if (!form || save.isPending) return
    setAnswers(given)
    const { merged } = kept.merge(particularsOf(new FormData(form)))
    save.mutate({ ...merged, ...given })
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    send(UNASKED)
  }
  const problem = save.error instanceof ApiProblem ? save.error : null
  const changed = (kept.changed ?? []).map((key) => ({
    label: FIELD_WORDS[key],
    now: valueWords(key, person),
  }))
  return (
    <Form
      key={kept.key}
      what="сведения о человеке"
      handle={kept.handle}
      onDirty={kept.onDirty}
      onSubmit={submit}
    >
      <Stack>
        <ParticularsFields of={kept.base} problem={problem} />
        <ChangedMeanwhile changed={changed} onStartAnew={kept.startAnew} />
        {isQuestion(problem) && (
          <PersonQuestion
            problem={problem}
            answers={answers}
            busy={save.isPending}
            verb="сохранить"
            onAnswer={send}
          />
        )}
        {save.error && !isQuestion(problem) && <Notice tone="error">{sentenceOf(save.error)}</Notice>}
        <Row>
          <Button type="submit" busy={save.isPending}>
            Сохранить сведения
          </Button>
        </Row>
      </Stack>
    </Form>
  )
}

const GROUP_WORDS: Record<string, string> = {
  class: 'класс',
  subgroup: 'подгруппа',
  activity: 'кружок',
  corrective: 'коррекционная группа',
}

function Ties({ person }: { person: Person }) {
  const family = [
    { title: 'Законные представители', kin: person.guardians },
    { title: 'Дети', kin: person.children },
  ].filter(({ kin }) => kin.length > 0)
  if (person.groups.length === 0 && family.length === 0) return null
  return (
    <Columns>
      {person.groups.length > 0 && (
        <Card>
          <h2>Классы и группы</h2>
          <ul>
            {person.groups.map(({ id, name, kind, from, to }) => (
              <li key={`${id}${from}`}>
                {name}{' '}
                <Soft>
                  {[GROUP_WORDS[kind], to ? daySpan(from, to) : `с ${daySpan(from, from)}`].join(', ')}
                </Soft>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {family.map(({ title, kin }) => (
        <Card key={title}>
          <h2>{title}</h2>
          <ul>
            {kin.map(({ id, name, kinship }) => (
              <li key={id}>
                <Link to={paths.person} params={{ personId: id }}>
                  {name}
                </Link>{' '}
                <Soft>{kinship}</Soft>
              </li>
            ))}
          </ul>
        </Card>
      ))}
    </Columns>
  )
}
