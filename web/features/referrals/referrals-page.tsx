import { useState } from 'react'
import type { DecideReferred, ReferredEntries, ReferredEntry } from '#contract/referrals.ts'
import { Button } from '#ui/button.tsx'
import { CardList } from '#ui/cards.tsx'
import { EmptyState, PageHeader, Row, Skeleton, Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { DeskTabs } from '#web/desk-tabs.tsx'
import { counted } from '#web/formats.ts'
import { LoadFailure } from '#web/load-failure.tsx'
import { useTitle } from '#web/title.ts'
import { DecideDialog } from './decide-dialog.tsx'
import { EntryCard } from './entry-card.tsx'
import { useReferrals } from './use-referrals.ts'

/** Control decides what came for closed lessons: each entry is written into the journal or declined. */
export function ReferralsPage() {
  useTitle('На рассмотрении')
  const query = useReferrals('all')
  const { data, error } = query
  return (
    <Stack>
      <PageHeader
        title="На рассмотрении"
        lead="Записи, которые пришли, когда срок урока уже прошёл. В журнале их нет, пока вы не решите."
      />
      <DeskTabs />
      <LoadFailure title="Список не открылся" query={query} />
      {!data && !error && <Skeleton lines={8} />}
      {data && !data.mayDecide && (
        <Notice>
          Вы видите список, но решать по нему вам не поручено. Кто открывает закрытые уроки, указано в
          настройках.
        </Notice>
      )}
      {data && <List data={data} />}
    </Stack>
  )
}

type Asked = { entry: ReferredEntry; decision: DecideReferred['decision'] }

function List({ data: { entries, waiting, mayDecide } }: { data: ReferredEntries }) {
  const [asked, setAsked] = useState<Asked | null>(null)
  if (entries.length === 0)
    return (
      <EmptyState title="Решать нечего">
        Когда запись учителя придёт после срока, она появится здесь с тем, что стоит в журнале сейчас.
      </EmptyState>
    )
  return (
    <>
      <p>{counted(waiting, 'запись ждёт', 'записи ждут', 'записей ждут')} решения</p>
      <CardList>
        {entries.map((entry) => (
          <li key={entry.id}>
            <EntryCard entry={entry}>
              {mayDecide && entry.state === 'waiting' && <Choice entry={entry} onAsk={setAsked} />}
            </EntryCard>
          </li>
        ))}
      </CardList>
      {asked && <DecideDialog {...asked} onDone={() => setAsked(null)} />}
    </>
  )
}

function Choice({ entry, onAsk }: { entry: ReferredEntry; onAsk: (asked: Asked) => void }) {
  return (
    <Row>
      <Button variant="primary" onClick={() => onAsk({ entry, decision: 'apply' })}>
        Внести в журнал
      </Button>
      <Button onClick={() => onAsk({ entry, decision: 'decline' })}>Отклонить</Button>
    </Row>
  )
}
