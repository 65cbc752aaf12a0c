import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useRef } from 'react'
import type { RecoveryCodes, SecondFactorDraft, SetUpSecondFactor } from '#contract/second-factor.ts'
import { inGroups } from '#domain/access/second-factor.ts'
import { Button } from '#ui/button.tsx'
import { Form, type FormHandle } from '#ui/form.tsx'
import { Row, Skeleton, Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { QrCode } from '#ui/qr-code.tsx'
import { ApiProblem, call } from './api.ts'
import { CodeField } from './code-field.tsx'
import { sentenceOf } from './query-client.ts'
import styles from './second-factor-form.module.css'

/** Connecting an app on the phone: the picture or the typed secret, and the first code back. */
export function SecondFactorForm({ onCodes }: { onCodes: (codes: string[]) => void }) {
  // A picture that was drawn once and scanned stays the one to give the code for.
  const draft = useQuery({
    queryKey: ['second-factor-draft'],
    queryFn: ({ signal }) => call<SecondFactorDraft>('GET', '/api/session/second-factor/draft', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  if (draft.isPending) return <Skeleton lines={4} />
  if (draft.error)
    return (
      <Notice tone="error" action={<Button onClick={() => void draft.refetch()}>Ещё раз</Button>}>
        {sentenceOf(draft.error)}
      </Notice>
    )
  return <Steps draft={draft.data} onCodes={onCodes} onAnew={() => void draft.refetch()} />
}

type StepsProps = { draft: SecondFactorDraft; onCodes: (codes: string[]) => void; onAnew: () => void }

function Steps({ draft, onCodes, onAnew }: StepsProps) {
  const handle = useRef<FormHandle>(null)
  const setUp = useMutation({
    mutationFn: (body: SetUpSecondFactor) =>
      call<RecoveryCodes>('PUT', '/api/session/second-factor', { body }),
    onSuccess: ({ codes }) => {
      handle.current?.settle()
      onCodes(codes)
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('code'))
    if (!setUp.isPending) setUp.mutate({ draft: draft.draft, code })
  }
  const problem = setUp.error instanceof ApiProblem ? setUp.error : null
  const inField = problem?.faultOf('code')
  const isOver = problem?.problem.refusal === 'draft-over'
  return (
    <Form what="код второго фактора" handle={handle} onSubmit={submit} className={styles.form}>
      <Stack>
        <ol className={styles.steps}>
          <li>
            Поставьте на телефон приложение для кодов: подойдёт любое, например «Яндекс Ключ» или «Google
            Authenticator».
          </li>
          <li>
            Добавьте в нём новую запись и наведите камеру на картинку.
            <div>
              <QrCode text={draft.address} label="Картинка для приложения с кодами" />
            </div>
            Камера не читает? Введите ключ в приложении вручную:{' '}
            <b className={styles.secret}>{inGroups(draft.secret)}</b>
          </li>
          <li>Введите код, который покажет приложение.</li>
        </ol>
        <CodeField appOnly error={inField} />
        {setUp.error && !inField && (
          <Notice tone="error" action={isOver && <Button onClick={onAnew}>Новая картинка</Button>}>
            {sentenceOf(setUp.error)}
          </Notice>
        )}
        <Row>
          <Button type="submit" variant="primary" busy={setUp.isPending}>
            Включить
          </Button>
        </Row>
      </Stack>
    </Form>
  )
}
