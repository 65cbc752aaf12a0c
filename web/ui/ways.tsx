import type { ComponentProps, ReactNode } from 'react'
import { Soft } from './layout.tsx'
import styles from './ways.module.css'

type WaysProps = { legend: string; describedBy?: string; children: ReactNode }

/** A question answered with one of a few ways. */
export function Ways({ legend, describedBy, children }: WaysProps) {
  return (
    <fieldset className={styles.ways} aria-describedby={describedBy}>
      <legend>{legend}</legend>
      {children}
    </fieldset>
  )
}

type WayProps = Pick<ComponentProps<'input'>, 'name' | 'value' | 'checked' | 'onChange'> & {
  title: string
  /** What it comes to, under its title. */
  children: ReactNode
}

/** One of the ways, with what speaks for it. */
export function Way({ title, children, ...input }: WayProps) {
  return (
    <label className={styles.way}>
      <input type="radio" required {...input} />
      <span>
        {title}
        <br />
        <Soft>{children}</Soft>
      </span>
    </label>
  )
}
