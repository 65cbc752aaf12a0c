import { useId, useState } from 'react'
import type { Backup } from '#contract/backups.ts'
import { TextField } from '#ui/controls.tsx'
import { DateField } from '#ui/date-field.tsx'
import { Fields } from '#ui/field.tsx'
import { Way, Ways } from '#ui/ways.tsx'
import { holdsText, newestFirst, spanOf } from './backups.ts'
import { moment } from './formats.ts'
import styles from './moment-choice.module.css'

/** A moment to bring the journal back to: null is the last there is, undefined none that can be read yet. */
export type ChosenMoment = string | null | undefined

type Props = {
  copies: readonly Backup[]
  /** Whether the last moment there is can be chosen: it is what a lost journal is brought back to. */
  offersLast: boolean
  onChoose: (to: ChosenMoment) => void
  error?: string | undefined
}

/** The moments that can be brought back, each copy with what it holds, and any minute between. */
export function MomentChoice({ copies, offersLast, onChoose, error }: Props) {
  const name = useId()
  const listed = newestFirst(copies)
  const [chosen, setChosen] = useState(offersLast ? 'last' : '')
  const choose = (value: string, to: ChosenMoment) => {
    setChosen(value)
    onChoose(to)
  }
  const radio = (value: string, to: ChosenMoment) => ({
    name,
    checked: chosen === value,
    onChange: () => choose(value, to),
  })
  const [newest] = listed
  const span = spanOf(listed)
  return (
    <Ways legend="К какой минуте вернуть журнал">
      {offersLast && newest && (
        <Way {...radio('last', null)} title={`К последней записи: ${moment(newest.to)}`}>
          Самое позднее, что есть в копиях
        </Way>
      )}
      {listed.map((copy) => (
        <Way key={copy.name} {...radio(copy.name, copy.from)} title={`К копии: ${moment(copy.from)}`}>
          {holdsText(copy, newest?.from.slice(0, 10) ?? '')}
          {copy.proven?.same === false && '. При проверке не совпала с журналом'}
        </Way>
      ))}
      {span !== null && (
        <Way {...radio('minute', undefined)} title="К другой минуте">
          Любая между {moment(span.from)} и {moment(span.to)}
        </Way>
      )}
      {chosen === 'minute' && <Minute onChoose={onChoose} error={error} />}
      {error && chosen !== 'minute' && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </Ways>
  )
}

const TIME = /^([01]?\d|2[0-3]):([0-5]\d)$/

/** A minute by the clock of whoever reads: the moments above it are told by the same. */
export function Minute({ onChoose, error }: Pick<Props, 'onChoose' | 'error'>) {
  const [day, setDay] = useState('')
  const [time, setTime] = useState('')
  const tell = (day: string, time: string) => {
    const [, hours = '', minutes] = TIME.exec(time.trim()) ?? []
    onChoose(
      day && minutes ? new Date(`${day}T${hours.padStart(2, '0')}:${minutes}`).toISOString() : undefined,
    )
  }
  return (
    <Fields least="12rem">
      <DateField
        label="День"
        required
        value={day}
        onDay={(next) => {
          setDay(next)
          tell(next, time)
        }}
      />
      <TextField
        label="Время"
        required
        inputMode="numeric"
        autoComplete="off"
        pattern={TIME.source}
        title="Часы и минуты через двоеточие: 12:05"
        hint="Например, 12:05."
        value={time}
        onChange={({ currentTarget: { value } }) => {
          setTime(value)
          tell(day, value)
        }}
        error={error}
      />
    </Fields>
  )
}
