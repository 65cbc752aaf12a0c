import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import styles from './button.module.css'
import { cx } from './cx.ts'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  variant?: ButtonVariant
  /** While its work runs the button says so and ignores further clicks, but keeps the focus. */
  busy?: boolean
  wide?: boolean
  ref?: Ref<HTMLButtonElement> | undefined
}

export function Button({
  variant = 'secondary',
  busy = false,
  wide = false,
  className,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      className={cx(buttonClass(variant), wide && styles.wide, className)}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
    />
  )
}

type IconButtonProps = Omit<ButtonProps, 'wide' | 'children'> & { label: string; children: ReactNode }

/** A button that shows only a picture: its label is its name and its tooltip. */
export function IconButton({ label, variant = 'quiet', className, ...rest }: IconButtonProps) {
  return (
    <Button
      {...rest}
      variant={variant}
      aria-label={label}
      title={label}
      className={cx(styles.icon, className)}
    />
  )
}

/** The look of a button for what must stay a link. */
export function buttonClass(variant: ButtonVariant = 'secondary'): string {
  return cx(styles.button, styles[variant])
}
