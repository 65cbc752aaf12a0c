import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { AccessSlips, BatchClasses, IssueBatch } from '#contract/accounts.ts'
import { Button, buttonClass } from '#ui/button.tsx'
import { Checkbox } from '#ui/controls.tsx'
import { EmptyState, PageHeader, Skeleton, Soft, Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { Table } from '#ui/table.tsx'
import { toast } from '#web/announce.ts'
import { call } from '#web/api.ts'
import { sentenceOf } from '#web/query-client.ts'
import { Slips } from '#web/slips.tsx'
import { useTitle } from '#web/title.ts'
import { paths } from '../../paths.ts'
import { batchQuery } from './people-queries.ts'

/** Logins and first passwords for a whole class at once, as slips to print. */
export function AccessBatchPage() {
  useTitle('Доступ для класса')
  const cache = useQueryClient()
  const classes = useQuery(batchQuery)
  const [again, setAgain] = useState(false)
  const issue = useMutation({
    mutationFn: (body: IssueBatch) => call<AccessSlips>('POST', '/api/account-batches', { body }),
    onSuccess: async ({ slips, held }) => {
      if (slips.length === 0 && held.length === 0) toast('Выдавать некому: у всех уже есть доступ.')
      await cache.invalidateQueries({ queryKey: ['people'] })
    },
  })
  const { slips = [], held = [], className } = issue.data ?? {}
  if (slips.length > 0)
    return <Slips title={`Доступ для класса ${className}`} slips={slips} onDone={() => issue.reset()} />
  return (
    <>
      <PageHeader title="Доступ для класса" lead="Логины и первые пароли сразу всем, листками для печати.">
        <Link to={paths.people} className={buttonClass()}>
          К списку людей
        </Link>
      </PageHeader>
      {classes.isPending && <Skeleton lines={6} />}
      {classes.isError && (
        <Notice tone="error" action={<Button onClick={() => void classes.refetch()}>Ещё раз</Button>}>
          {sentenceOf(classes.error)}
        </Notice>
      )}
      {classes.data?.classes.length === 0 && (
        <EmptyState title="Сегодня нет классов с воспитанниками">
          Классы появятся, когда начнётся заезд и воспитанники будут распределены.
        </EmptyState>
      )}
      {classes.data && classes.data.classes.length > 0 && (
        <Stack>
          <Checkbox
            label="Выдать новый пароль и тем, кто ещё ни разу не входил"
            hint="Прежний первый пароль у них перестанет подходить."
            checked={again}
            onChange={(event) => setAgain(event.target.checked)}
          />
          {held.length > 0 && (
            <Notice tone="warn" title="Доступ этим людям подтверждает второй человек">
              {held.map(({ name }) => name).join(', ')}. Выдайте его на карточке человека: запрос уйдёт на
              подтверждение.
            </Notice>
          )}
          {issue.error && <Notice tone="error">{sentenceOf(issue.error)}</Notice>}
          <Classes
            classes={classes.data.classes}
            again={again}
            busy={issue.isPending}
            onIssue={(groupId, who) => issue.mutate({ groupId, who, again })}
          />
        </Stack>
      )}
    </>
  )
}

type ClassesProps = {
  classes: BatchClasses['classes']
  again: boolean
  busy: boolean
  onIssue: (groupId: string, who: IssueBatch['who']) => void
}
type Needs = BatchClasses['classes'][number]['students']

function Classes({ classes, again, busy, onIssue }: ClassesProps) {
  const waiting = (needs: Needs) => needs.withoutAccount + (again ? needs.neverSignedIn : 0)
  const cell = (group: BatchClasses['classes'][number], who: IssueBatch['who'], whom: string) => (
    <td>
      <Soft>
        без доступа {group[who].withoutAccount} из {group[who].total}, без единого входа{' '}
        {group[who].neverSignedIn}
      </Soft>
      <br />
      <Button
        disabled={waiting(group[who]) === 0}
        busy={busy}
        aria-label={`Выдать ${whom} класса ${group.name}: ${waiting(group[who])}`}
        onClick={() => onIssue(group.id, who)}
      >
        {waiting(group[who]) === 0 ? 'Выдавать некому' : `Выдать: ${waiting(group[who])}`}
      </Button>
    </td>
  )
  return (
    <Table label="Классы">
      <thead>
        <tr>
          <th scope="col">Класс</th>
          <th scope="col">Воспитанники</th>
          <th scope="col">Законные представители</th>
        </tr>
      </thead>
      <tbody>
        {classes.map((group) => (
          <tr key={group.id}>
            <th scope="row">{group.name}</th>
            {cell(group, 'students', 'воспитанникам')}
            {cell(group, 'guardians', 'представителям')}
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
