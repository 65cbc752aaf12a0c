import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react'
import { cx } from './cx.ts'
import styles from './field.module.css'
import { Field, type FieldProps } from './field.tsx'

type InputProps = FieldProps & Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'className'>

/** One line of text; `type="password"` and the like give the browser's own control. For a day: `DateField`. */
export function TextField({ label, hint, error, optional, ...input }: InputProps) {
  return (
    <Field {...fieldProps({ label, hint, error, optional })}>
      {(control) => <input type="text" {...input} {...control} />}
    </Field>
  )
}

type AreaProps = FieldProps & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id' | 'className'>

/** Several lines; the box grows with the text. */
export function TextArea({ label, hint, error, optional, ...area }: AreaProps) {
  return (
    <Field {...fieldProps({ label, hint, error, optional })}>
      {(control) => (
        <textarea rows={3} {...area} {...control} className={cx(control.className, styles.area)} />
      )}
    </Field>
  )
}

type SelectProps = FieldProps &
  Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id' | 'className'> & { children: ReactNode }

export function Select({ label, hint, error, optional, children, ...select }: SelectProps) {
  return (
    <Field {...fieldProps({ label, hint, error, optional })}>
      {(control) => (
        <select {...select} {...control}>
          {children}
        </select>
      )}
    </Field>
  )
}

type CheckboxProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'className'> & {
  label: ReactNode
  hint?: ReactNode
}

export function Checkbox({ label, hint, ...input }: CheckboxProps) {
  return (
    <label className={styles.check}>
      <input type="checkbox" className={styles.box} {...input} />
      <span>
        {label}
        {hint && <span className={styles.hint}> {hint}</span>}
      </span>
    </label>
  )
}

function fieldProps({
  label,
  hint,
  error,
  optional,
}: { [K in keyof FieldProps]: FieldProps[K] | undefined }) {
  return { label, hint, error, optional: optional ?? false }
}
