import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AccessSlip } from '#contract/accounts.ts'
import type { Approval, ApprovalOutcome } from '#contract/approvals.ts'
import { Button } from '#ui/button.tsx'
import { CardList } from '#ui/cards.tsx'
import { EmptyState, PageHeader, Skeleton, Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { toast } from '#web/announce.ts'
import { call } from '#web/api.ts'
import { APPROVALS, useApprovals } from '#web/approvals.ts'
import { LoadFailure } from '#web/load-failure.tsx'
import { sentenceOf } from '#web/query-client.ts'
import { Slips } from '#web/slips.tsx'
import { useTitle } from '#web/title.ts'
import { ApprovalCard } from './approval-card.tsx'
import { ApprovalTabs } from './approval-tabs.tsx'
import { DecideDialog } from './decide-dialog.tsx'

/** What nobody gives alone: roles and access of those who answer for the whole organisation (S-08). */
export function ApprovalsPage() {
  useTitle('Подтверждения')
  const query = useApprovals()
  const { data, error } = query
  const [slip, setSlip] = useState<AccessSlip | null>(null)
  if (slip) return <Slips title="Доступ подтверждён" slips={[slip]} onDone={() => setSlip(null)} />
  return (
    <Stack>
      <PageHeader
        title="Подтверждения"
        lead="Особые роли и доступ к ним даёт не один человек: просит администратор, подтверждает директор."
      />
      <ApprovalTabs />
      <LoadFailure title="Список не открылся" query={query} />
      {!data && !error && <Skeleton lines={8} />}
      {data && <List approvals={data.approvals} onSlip={setSlip} />}
    </Stack>
  )
}

type Decision = { approval: Approval; decision: 'confirm' | 'decline' }

function List({ approvals, onSlip }: { approvals: Approval[]; onSlip: (slip: AccessSlip) => void }) {
  const cache = useQueryClient()
  const [asked, setAsked] = useState<Decision | null>(null)
  const refresh = () => cache.invalidateQueries({ queryKey: APPROVALS })
  const take = useMutation({
    mutationFn: (id: string) => call<AccessSlip>('POST', `/api/approvals/${id}/first-password`, { body: {} }),
    onSuccess: onSlip,
    onSettled: refresh,
  })
  const withdraw = useMutation({
    mutationFn: ({ id, version }: Approval) =>
      call<ApprovalOutcome>('PUT', `/api/approvals/${id}/withdrawal`, { body: { version } }),
    onSuccess: () => toast('Запрос отозван'),
    onSettled: refresh,
  })
  if (approvals.length === 0)
    return (
      <EmptyState title="Запросов нет">
        Когда администратор попросит особую роль или доступ к ней, запрос появится здесь.
      </EmptyState>
    )
  const failure = take.error ?? withdraw.error
  return (
    <>
      {failure && <Notice tone="error">{sentenceOf(failure)}</Notice>}
      <CardList>
        {approvals.map((approval) => (
          <li key={approval.id}>
            <ApprovalCard approval={approval}>
              {approval.mayDecide && (
                <>
                  <Button variant="primary" onClick={() => setAsked({ approval, decision: 'confirm' })}>
                    Подтвердить
                  </Button>
                  <Button onClick={() => setAsked({ approval, decision: 'decline' })}>Отклонить</Button>
                </>
              )}
              {approval.mayTake && (
                <Button variant="primary" busy={take.isPending} onClick={() => take.mutate(approval.id)}>
                  Показать первый пароль
                </Button>
              )}
              {approval.mayWithdraw && (
                <Button busy={withdraw.isPending} onClick={() => withdraw.mutate(approval)}>
                  Отозвать запрос
                </Button>
              )}
            </ApprovalCard>
          </li>
        ))}
      </CardList>
      {asked && (
        <DecideDialog
          {...asked}
          onClose={() => setAsked(null)}
          onDone={({ mayTake }) => {
            setAsked(null)
            void refresh()
            if (mayTake) take.mutate(asked.approval.id)
          }}
        />
      )}
    </>
  )
}
