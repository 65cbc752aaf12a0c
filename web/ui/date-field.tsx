import { useCallback, useEffect, useRef, useState } from 'react'
import { IconButton } from './button.tsx'
import { Calendar } from './calendar.tsx'
import { cx } from './cx.ts'
import styles from './date-field.module.css'
import { dayOfText, dayText, within } from './day-text.ts'
import { type ControlProps, Field, type FieldProps } from './field.tsx'
import { TodayIcon } from './icons.tsx'

const EARLIEST = '1901-01-01'
const LATEST = '2199-12-31'

type DateProps = {
  /** In a form read as `FormData`: the field of this name holds «YYYY-MM-DD» or nothing. */
  name?: string
  /** The day shown, «YYYY-MM-DD», or nothing; with `value` the owner keeps it, with `defaultValue` the field does. */
  value?: string
  defaultValue?: string
  min?: string
  max?: string
  required?: boolean
  /** Told of each whole day that was typed or chosen, and of the field being emptied («»). */
  onDay?: (day: string) => void
}

const faultOf = (text: string, day: string | null, { min, max, required }: Required<Limits>): string => {
  if (text.trim() === '') return required ? 'Впишите дату: день, месяц и год.' : ''
  if (day === null) return 'Такой даты нет. Впишите её как 05.03.2026.'
  if (day < min) return `Дата не раньше ${dayText(min)}.`
  return day > max ? `Дата не позже ${dayText(max)}.` : ''
}
type Limits = { min?: string; max?: string; required?: boolean }

function useDay({
  value,
  defaultValue = '',
  min = EARLIEST,
  max = LATEST,
  required = false,
  onDay,
}: DateProps) {
  const [own, setOwn] = useState(defaultValue)
  const day = value ?? own
  const [typed, setTyped] = useState<string | null>(null)
  const [left, setLeft] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const text = typed ?? dayText(day)
  const now = new Date()
  const near = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`
  const fault = faultOf(text, dayOfText(text, near), { min, max, required })
  // The browser would say it in its own language; this way it says it in ours, and does not send the form.
  useEffect(() => input.current?.setCustomValidity(fault), [fault])
  const take = (next: string) => {
    setOwn(next)
    if (next !== day) onDay?.(next)
  }
  const takeText = (next: string) => {
    const read = dayOfText(next, near)
    if (!faultOf(next, read, { min, max, required })) take(read ?? '')
  }
  const type = (next: string) => {
    setTyped(next)
    setLeft(false)
    // While it is being typed, only a whole date is one: «1.1» may go on as «1.12.2026».
    if (next.trim() === '' || /\d{4}$|^\d{4}-\d\d-\d\d$/.test(next.trim())) takeText(next)
  }
  const leave = () => {
    setLeft(true)
    if (typed === null) return
    takeText(typed)
    // What is no date stays in sight and is no day for the owner either, rather than the former day unsaid.
    if (fault) take('')
    else setTyped(null)
  }
  const choose = (next: string) => {
    setTyped(null)
    take(next)
    // For whoever watches the form for changes: React's own change does not reach them.
    setTimeout(() => input.current?.dispatchEvent(new Event('change', { bubbles: true })))
  }
  return { day, text, fault, left, input, near, min, max, type, leave, choose }
}

type InputProps = DateProps & {
  control: Partial<ControlProps>
  label?: string
  state: ReturnType<typeof useDay>
}

function DateBox({ name, required, control, label, state }: InputProps) {
  const [open, setOpen] = useState(false)
  const { day, text, input, near, min, max, type, leave, choose } = state
  const opener = useRef<HTMLElement>(null)
  const close = useCallback(() => {
    setOpen(false)
    opener.current?.focus()
  }, [])
  const start = day || near
  return (
    <span className={styles.box}>
      <input
        {...control}
        ref={input}
        type="text"
        inputMode="text"
        autoComplete="off"
        spellCheck={false}
        placeholder="ДД.ММ.ГГГГ"
        aria-label={label}
        aria-required={required || undefined}
        className={cx(control.className, styles.text)}
        value={text}
        onChange={({ target }) => type(target.value)}
        onBlur={leave}
        onKeyDown={({ key }) => key === 'Enter' && leave()}
      />
      {name && <input type="hidden" name={name} value={day} />}
      <IconButton
        label="Открыть календарь"
        variant="secondary"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={({ currentTarget }) => {
          opener.current = currentTarget
          setOpen(!open)
        }}
      >
        <TodayIcon />
      </IconButton>
      {open && (
        <Calendar
          chosen={day}
          start={within(start, min, max)}
          min={min}
          max={max}
          onChoose={(next) => {
            choose(next)
            close()
          }}
          onClose={close}
        />
      )}
    </span>
  )
}

/** A day as it is written in Russian, typed or chosen from a calendar, whatever the browser's own language. */
export function DateField({ label, hint, error, optional, ...date }: FieldProps & DateProps) {
  const state = useDay(date)
  // Said once the field was left, not while the day is still being typed.
  const shown = error ?? (state.left ? state.fault : '')
  return (
    <Field label={label} hint={hint} error={shown || undefined} optional={optional ?? false}>
      {(control) => <DateBox {...date} control={control} state={state} />}
    </Field>
  )
}

/** The same without a visible label, where the place says what it is. */
export function DateInput({ label, ...date }: DateProps & { label: string }) {
  const state = useDay(date)
  return <DateBox {...date} control={{}} label={label} state={state} />
}
