import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { GiveCode, OwnSecondFactor, RecoveryCodes } from '#contract/second-factor.ts'
import { Button } from '#ui/button.tsx'
import { Dialog, DialogActions } from '#ui/dialog.tsx'
import { Card, Row, Skeleton, Stack } from '#ui/layout.tsx'
import { Badge, Notice } from '#ui/notice.tsx'
import { toast } from '#web/announce.ts'
import { ApiProblem, call } from '#web/api.ts'
import { CodeField } from '#web/code-field.tsx'
import { counted, dayWithYear, moment } from '#web/formats.ts'
import { sentenceOf } from '#web/query-client.ts'
import { SecondFactorForm } from '#web/second-factor-form.tsx'
import { sessionQuery } from '#web/session.ts'

const OWN = ['own-second-factor']
const PATH = '/api/session/second-factor'

type Props = { onCodes: (codes: string[]) => void }

/** One's own second factor: turning it on, new recovery codes, turning it off. */
export function SecondFactorCard({ onCodes }: Props) {
  const own = useQuery({
    queryKey: OWN,
    queryFn: ({ signal }) => call<OwnSecondFactor>('GET', PATH, { signal }),
    staleTime: 0,
  })
  return (
    <Card>
      <h2>Второй фактор</h2>
      {own.isPending && <Skeleton lines={2} />}
      {own.error && (
        <Notice tone="error" action={<Button onClick={() => void own.refetch()}>Ещё раз</Button>}>
          {sentenceOf(own.error)}
        </Notice>
      )}
      {own.data?.since && <TurnedOn own={own.data} onCodes={onCodes} />}
      {own.data && !own.data.since && <TurnedOff own={own.data} onCodes={onCodes} />}
    </Card>
  )
}

function TurnedOff({ own: { due }, onCodes }: { own: OwnSecondFactor } & Props) {
  const [begun, setBegun] = useState(false)
  return (
    <Stack>
      <p>
        Кроме пароля при входе нужен код из приложения на телефоне: тот, кто узнал ваш пароль, без телефона не
        войдёт.
      </p>
      {due && (
        <Notice tone="warn">Для вашей роли он обязателен. Включите его не позже {dayWithYear(due)}</Notice>
      )}
      {begun ? (
        <SecondFactorForm onCodes={onCodes} />
      ) : (
        <Row>
          <Button variant="primary" onClick={() => setBegun(true)}>
            Включить второй фактор
          </Button>
        </Row>
      )}
    </Stack>
  )
}

type Question = 'codes' | 'off'

function TurnedOn({ own: { since, codesLeft, due }, onCodes }: { own: OwnSecondFactor } & Props) {
  const [question, setQuestion] = useState<Question | null>(null)
  return (
    <Stack>
      <p>
        <Badge tone="good">включён</Badge> с {moment(since ?? '')}. Неиспользованных резервных кодов:{' '}
        {counted(codesLeft, 'код', 'кода', 'кодов')}.
      </p>
      {codesLeft <= 3 && (
        <Notice tone="warn">Резервных кодов осталось мало. Получите новые, пока телефон у вас.</Notice>
      )}
      <Row>
        <Button onClick={() => setQuestion('codes')}>Новые резервные коды</Button>
        {due === null && <Button onClick={() => setQuestion('off')}>Выключить</Button>}
      </Row>
      {due !== null && <p>Для вашей роли второй фактор обязателен, поэтому выключить его нельзя.</p>}
      {question && <CodeQuestion question={question} onCodes={onCodes} onClose={() => setQuestion(null)} />}
    </Stack>
  )
}

const WORDS = {
  codes: {
    title: 'Новые резервные коды',
    text: 'Прежние коды перестанут подходить. Подтвердите, что это вы.',
    button: 'Получить новые коды',
  },
  off: {
    title: 'Выключить второй фактор?',
    text: 'Входить можно будет с одним паролем. Подтвердите, что это вы.',
    button: 'Выключить',
  },
} as const

function CodeQuestion({ question, onCodes, onClose }: { question: Question; onClose: () => void } & Props) {
  const cache = useQueryClient()
  const send = useMutation({
    mutationFn: (body: GiveCode) =>
      call<RecoveryCodes | Record<string, never>>(
        'POST',
        question === 'codes' ? `${PATH}/recovery-codes` : `${PATH}/removal`,
        { body },
      ),
    onSuccess: async (answer) => {
      onClose()
      if ('codes' in answer) onCodes(answer.codes)
      else toast('Второй фактор выключен')
      await Promise.all([cache.invalidateQueries({ queryKey: OWN }), cache.invalidateQueries(sessionQuery)])
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!send.isPending) send.mutate({ code: String(new FormData(event.currentTarget).get('code')) })
  }
  const problem = send.error instanceof ApiProblem ? send.error : null
  const { title, text, button } = WORDS[question]
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack>
          <p>{text}</p>
          <CodeField error={problem?.faultOf('code')} />
          {send.error && !problem?.faultOf('code') && <Notice tone="error">{sentenceOf(send.error)}</Notice>}
          <DialogActions>
            <Button onClick={onClose}>Отменить</Button>
            <Button type="submit" variant={question === 'off' ? 'danger' : 'primary'} busy={send.isPending}>
              {button}
            </Button>
          </DialogActions>
        </Stack>
      </form>
    </Dialog>
  )
}
