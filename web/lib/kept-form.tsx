import { useRef, useState } from 'react'
import { Button } from '#ui/button.tsx'
import type { FormHandle } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { type MergedTyping, mergeTyped } from './merge-typed.ts'

/** A form over one record that somebody else may change meanwhile. */
export type KeptForm<Saved extends { version: number }, Fields extends object> = {
  /** For the form: its fields start anew with each value, and never while something is typed. */
  key: string
  /** What the fields started from. */
  base: Saved
  handle: React.RefObject<FormHandle | null>
  onDirty: (dirty: boolean) => void
  /** What to save of what stands in the fields, over the record as it is now. */
  merge: (typed: Fields) => MergedTyping<Fields>
  /** To be called when it has been saved. */
  settle: () => void
  /** Gives up what was typed and starts from the record as it is now. */
  startAnew: () => void
  /** Fields changed elsewhere since the form was filled; null while nothing is typed. */
  changed: (keyof Fields)[] | null
}

/**
 * Keeps a form and what is typed into it when its record comes back in a newer version: an untouched form shows
 * the new record at once, a touched one stays and is saved over it, field by field.
 */
export function useKeptForm<Saved extends { version: number }, Fields extends object>(
  saved: Saved,
  fieldsOf: (saved: Saved) => Fields,
  /** A dialog stays as it was opened, whether or not something has been typed. */
  { stays = false } = {},
): KeptForm<Saved, Fields> {
  const handle = useRef<FormHandle>(null)
  const [dirty, setDirty] = useState(false)
  const [base, setBase] = useState(saved)
  const [round, setRound] = useState(0)
  // Set while rendering, so that the fields never show a record that is no longer so.
  if (!dirty && !stays && base !== saved) setBase(saved)
  const { moved, clashes } = mergeTyped(fieldsOf(base), fieldsOf(saved), fieldsOf(base))
  return {
    key: `${base.version}.${round}`,
    base,
    handle,
    onDirty: setDirty,
    merge: (typed) => mergeTyped(fieldsOf(base), fieldsOf(saved), typed),
    settle: () => {
      handle.current?.settle()
      setDirty(false)
    },
    startAnew: () => {
      handle.current?.settle()
      setDirty(false)
      setBase(saved)
      setRound(round + 1)
    },
    changed: (dirty || stays) && base.version !== saved.version ? [...moved, ...clashes] : null,
  }
}

type Props = {
  /** Names of the fields with what stands in the record now; empty: the record went on elsewhere. */
  changed: { label: string; now: string }[]
  onStartAnew: () => void
}

/** Told over a form whose record was changed by somebody else while one was typing. */
export function ChangedMeanwhile({ changed, onStartAnew }: Props) {
  if (changed.length === 0) return null
  return (
    <Notice
      tone="warn"
      title="Пока вы вводили, это изменили в другом месте"
      action={<Button onClick={onStartAnew}>Взять новое, моё убрать</Button>}
    >
      <p>Теперь записано:</p>
      <ul>
        {changed.map(({ label, now }) => (
          <li key={label}>
            {label} — {now}
          </li>
        ))}
      </ul>
      <p>Введённое вами осталось в полях. Если сохранить, оно заменит записанное; остальное не изменится.</p>
    </Notice>
  )
}
