import { type CSSProperties, type ReactNode, useId } from 'react'
import styles from './field.module.css'

export type FieldProps = {
  label: ReactNode
  hint?: ReactNode
  /** What is wrong with the value and what to do; said to whoever cannot see it. */
  error?: string | null | undefined
  optional?: boolean
}

type FieldsProps = {
  /** The least width of a field. */
  least?: string
  children: ReactNode
}

/** Fields beside each other: labels, hints, boxes and errors of a row each stand in a line of their own. */
export function Fields({ least = '18rem', children }: FieldsProps) {
  return (
    <div className={styles.fields} style={{ '--least': least } as CSSProperties}>
      {children}
    </div>
  )
}

/** What is no field and stands in the line of the boxes. */
export function Beside({ children }: { children: ReactNode }) {
  return <div className={styles.field}>{children}</div>
}

export type ControlProps = {
  id: string
  className: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

/** Label, hint and error around one control, which receives its ids through the function. */
export function Field({
  label,
  hint,
  error,
  optional = false,
  children,
}: FieldProps & { children: (control: ControlProps) => ReactNode }) {
  const id = useId()
  const hintId = hint ? `${id}hint` : null
  const errorId = error ? `${id}error` : null
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
        {optional && <span className={styles.optional}> — необязательно</span>}
      </label>
      {hintId && (
        <span className={styles.hint} id={hintId}>
          {hint}
        </span>
      )}
      {children({
        id,
        className: styles.control ?? '',
        'aria-describedby': [hintId, errorId].filter(Boolean).join(' ') || undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {errorId && (
        <span className={styles.error} id={errorId} role="alert">
          {error}
        </span>
      )}
    </div>
  )
}
