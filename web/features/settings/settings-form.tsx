import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent, ReactNode } from 'react'
import type { Settings } from '#contract/settings.ts'
import { Button } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { toast } from '#web/announce.ts'
import { ChangedMeanwhile, type KeptForm } from '#web/kept-form.tsx'
import { sentenceOf } from '#web/query-client.ts'
import { saveOver } from '#web/save-over.ts'
import styles from './settings.module.css'
import { settingsQuery } from './settings-query.ts'

type FormProps<Fields extends object> = {
  settings: Settings
  kept: KeptForm<Settings, Fields>
  /** What of the settings stands in the fields. */
  part: (settings: Settings) => Fields
  what: string
  writable: boolean
  who: string
  fieldsOf: (form: FormData) => Fields
  save: (fields: Fields, version: number) => Promise<unknown>
  /** How a field is called and what stands in it now, for who is told that it was changed meanwhile. */
  words: (key: keyof Fields) => { label: string; now: string }
  children: ReactNode
}

/** A form that saves as a whole; for who may not write, a note who does. */
export function SettingsForm<Fields extends object>(props: FormProps<Fields>) {
  const { kept, what, writable, who, fieldsOf, words, children } = props
  const cache = useQueryClient()
  const saving = useMutation({
    mutationFn: (fields: Fields) =>
      saveOver(props.settings, {
        part: props.part,
        save: (version) => props.save(fields, version),
        readAgain: () => cache.fetchQuery({ ...settingsQuery, staleTime: 0 }),
      }),
    onSuccess: async () => {
      kept.settle()
      toast('Настройки сохранены')
      await cache.invalidateQueries()
    },
    // Somebody was faster: what stands there now is shown beside what was typed.
    onError: () => cache.invalidateQueries({ queryKey: ['settings'] }),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = fieldsOf(new FormData(event.currentTarget))
    if (!saving.isPending) saving.mutate(kept.merge(typed).merged)
  }
  return (
    <Form
      key={kept.key}
      what={what}
      handle={kept.handle}
      onDirty={kept.onDirty}
      onSubmit={submit}
      className={styles.form}
    >
      <fieldset disabled={!writable} className={styles.plain}>
        <Stack>{children}</Stack>
      </fieldset>
      <ChangedMeanwhile changed={(kept.changed ?? []).map(words)} onStartAnew={kept.startAnew} />
      {saving.error && <Notice tone="error">{sentenceOf(saving.error)}</Notice>}
      {writable ? (
        <Button type="submit" busy={saving.isPending}>
          Сохранить
        </Button>
      ) : (
        <p>{who}</p>
      )}
    </Form>
  )
}
