import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useRef, useState } from 'react'
import type { Moment, OpenMoment } from '#contract/moments.ts'
import type { MomentFailure, MomentStep } from '#domain/backups/moment.ts'
import { Button } from '#ui/button.tsx'
import { Form, type FormHandle } from '#ui/form.tsx'
import { Card, Row } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { toast } from '#web/announce.ts'
import { call } from '#web/api.ts'
import { moment as said } from '#web/formats.ts'
import { MOMENT, useMoment } from '#web/moment.ts'
import { type ChosenMoment, Minute } from '#web/moment-choice.tsx'
import { sentenceOf } from '#web/query-client.ts'
import styles from './backups.module.css'

/** The journal as it was at a minute of the past, opened beside to be read; who looks after the server opens it. */
export function MomentCard({ writable, possible }: { writable: boolean; possible: boolean }) {
  const { data } = useMoment()
  if (!data) return null
  const { moment } = data
  return (
    // Out of sight while no copy is seen, not away: a folder may come back, and what is typed here stays.
    <div hidden={!possible && !moment}>
      <Card>
        <h2>Каким журнал был раньше</h2>
        {moment?.stage === 'opening' && <Opening moment={moment} writable={writable} />}
        {moment?.stage === 'open' && <Opened moment={moment} writable={writable} />}
        {moment?.stage === 'failed' && (
          <Notice tone="error" title={`Открыть журнал на ${said(moment.asked)} не получилось`}>
            {failureWords[moment.why]}
          </Notice>
        )}
        {(!moment || moment.stage === 'failed') && (
          <>
            <p className={styles.why}>
              Если отметки или урок пропали по ошибке, откройте минуту, когда они ещё стояли. Журнал на эту
              минуту поднимется из копии рядом с живым, только для чтения: он ничего не меняет и ничего не
              рассылает. На странице урока и в дневнике воспитанника появится «Как было», и учитель вернёт
              потерянное исправлением с причиной.
            </p>
            {writable ? <MomentForm /> : <p>Открывает системный администратор.</p>}
          </>
        )}
      </Card>
    </div>
  )
}

type Of<Stage extends Moment['stage']> = { moment: Extract<Moment, { stage: Stage }>; writable: boolean }

function Opening({ moment: { asked, step, percent }, writable }: Of<'opening'>) {
  const id = useId()
  return (
    <>
      <div className={styles.progress}>
        <p id={id}>
          Открывается журнал на {said(asked)}: {stepWords[step]}.{' '}
          <span className={styles.soft}>Работать в журнале можно как обычно, страницу можно закрыть.</span>
        </p>
        <progress
          max={100}
          value={step === 'replay' ? undefined : percent}
          aria-label="Сколько сделано"
          aria-describedby={id}
        />
      </div>
      {writable && <CloseButton>Не открывать</CloseButton>}
    </>
  )
}

function Opened({ moment: { asked, at, closesAt }, writable }: Of<'open'>) {
  return (
    <>
      <p>
        <strong>Открыт журнал, каким он был {said(at)}.</strong>{' '}
        {at !== asked && `Дальше, до ${said(asked)}, в копиях ничего нет. `}
        Закроется сам {said(closesAt)}.
      </p>
      <p className={styles.why}>
        Смотрят и возвращают потерянное те, кому это видно и сегодня: на странице урока и в дневнике
        воспитанника есть ссылка «Как было {said(at)}».
      </p>
      {writable && <CloseButton>Закрыть этот момент</CloseButton>}
    </>
  )
}

function CloseButton({ children }: { children: string }) {
  const cache = useQueryClient()
  const closing = useMutation({
    mutationFn: () => call('DELETE', '/api/moment'),
    onSuccess: () => toast('Прошлый момент закрыт'),
    onSettled: () => cache.invalidateQueries({ queryKey: MOMENT }),
  })
  return (
    <Row>
      <Button busy={closing.isPending} onClick={() => closing.mutate()}>
        {children}
      </Button>
      {closing.error && <Notice tone="error">{sentenceOf(closing.error)}</Notice>}
    </Row>
  )
}

function MomentForm() {
  const cache = useQueryClient()
  const handle = useRef<FormHandle>(null)
  const [at, setAt] = useState<ChosenMoment>(undefined)
  const opening = useMutation({
    mutationFn: (body: OpenMoment) => call('POST', '/api/moment', { body }),
    onSuccess: () => {
      handle.current?.settle()
      toast('Журнал на эту минуту открывается')
    },
    onSettled: () => cache.invalidateQueries({ queryKey: MOMENT }),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (at && !opening.isPending) opening.mutate({ at })
  }
  return (
    <Form
      what="день и время прошлого момента"
      handle={handle}
      unsavable
      onSubmit={submit}
      className={styles.form}
    >
      <Minute onChoose={setAt} error={opening.error ? sentenceOf(opening.error) : undefined} />
      <p className={styles.soft}>Какие минуты есть в копиях, видно в списке ниже.</p>
      <Row>
        <Button type="submit" busy={opening.isPending}>
          Открыть для чтения
        </Button>
      </Row>
    </Form>
  )
}

const stepWords: Record<MomentStep, string> = {
  unpack: 'копия распаковывается (шаг 1 из 4)',
  check: 'проверяется, цел ли каждый файл (шаг 2 из 4)',
  log: 'готовится записанное после копии (шаг 3 из 4)',
  replay: 'записанное повторяется до выбранной минуты (шаг 4 из 4)',
}

const failureWords: Record<MomentFailure, string> = {
  'folder-silent': 'Папка с копиями не отвечает. Проверьте, подключена ли она, и повторите.',
  'no-copies': 'В папке ещё нет ни одной полной копии.',
  'before-copies': 'Эта минута раньше самой старой копии. Выберите более позднюю.',
  'no-room':
    'На диске журнала мало места, чтобы положить копию рядом. Освободите место и повторите; сам журнал не тронут.',
  'no-key': 'Ключ этого сервера копию не открывает. Выберите более позднюю минуту.',
  'log-hole':
    'Между копией и этой минутой не хватает части записанного. Выберите более раннюю минуту или время после следующей копии.',
  'copy-broken': 'Копия повреждена. Выберите минуту, которая берётся из другой копии.',
  'other-schema':
    'Тогда журнал вела более старая версия программы, и данные в нём устроены иначе. Выберите минуту после обновления.',
  failed: 'Копия не поднялась. Причину программа пишет в окне, где запущен журнал.',
}
