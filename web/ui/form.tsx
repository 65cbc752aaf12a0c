import { type FormHTMLAttributes, type Ref, useCallback, useEffect, useImperativeHandle, useRef } from 'react'
import { useTyping, useUnsaved } from './unsaved.ts'

/** What the owner of a form may do with it. */
export type FormHandle = {
  form: HTMLFormElement | null
  /** What stands in the fields has been saved. */
  settle: () => void
}

type Props = Omit<FormHTMLAttributes<HTMLFormElement>, 'ref'> & {
  /** What is lost when the page is left now, as it is said to the person: «сведения о человеке». */
  what: string
  handle?: Ref<FormHandle>
  /** For what cannot be sent from outside the form. */
  unsavable?: boolean
  /** Told of every change between «as it was» and «typed and not saved». */
  onDirty?: (dirty: boolean) => void
}

/** A form whose typed text is not lost without a word: who leaves is asked, and may save on the spot. */
export function Form({ what, handle, unsavable = false, onDirty, ...rest }: Props) {
  const form = useRef<HTMLFormElement>(null)
  const { dirty, settle } = useTyping(form)
  const save = useCallback(() => form.current?.requestSubmit(), [])
  const release = useUnsaved(what, dirty, unsavable ? undefined : save)
  const saved = useCallback(() => {
    release()
    settle()
  }, [release, settle])
  useEffect(() => onDirty?.(dirty), [dirty, onDirty])
  useImperativeHandle(handle, () => ({ form: form.current, settle: saved }), [saved])
  return <form ref={form} {...rest} />
}
