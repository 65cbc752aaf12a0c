import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef } from 'react'
import type { ProvedPaperKey, ProvePaperKey } from '#contract/backups.ts'
import { mendedText } from '#domain/backups/paper-words.words.ts'
import { Button } from '#ui/button.tsx'
import { TextArea } from '#ui/controls.tsx'
import { Form, type FormHandle } from '#ui/form.tsx'
import { Row } from '#ui/layout.tsx'
import { toast } from '#web/announce.ts'
import { ApiProblem, call } from '#web/api.ts'
import { BACKUPS } from '#web/backups.ts'
import { sentenceOf } from '#web/query-client.ts'
import styles from './backups.module.css'

type Props = {
  focused: boolean
  onDone: () => void
  onCancel: () => void
  /** What is lost when the page is left with words in the field. */
  what?: string
  onDirty?: (dirty: boolean) => void
  cancelWords?: string
}

/** The words as they stand on the paper, typed back; what is wrong with one is said by its number. */
export function PaperWordsForm({
  focused,
  onDone,
  onCancel,
  what = 'слова с бумаги',
  onDirty,
  cancelWords = 'Не сейчас',
}: Props) {
  const cache = useQueryClient()
  const handle = useRef<FormHandle>(null)
  const proving = useMutation({
    mutationFn: (body: ProvePaperKey) => call<ProvedPaperKey>('PUT', '/api/backups/paper-key', { body }),
    onSuccess: async ({ mended = [] }) => {
      handle.current?.settle()
      toast(['Ключ проверен', ...mended.map(mendedText)].join('. '))
      onDone()
      await cache.invalidateQueries({ queryKey: BACKUPS })
    },
    gcTime: 0,
  })
  useEffect(() => {
    if (focused) handle.current?.form?.querySelector('textarea')?.focus()
  }, [focused])
  // Whoever is told of a word goes on in the field, not on the button.
  useEffect(() => {
    if (proving.error) handle.current?.form?.querySelector('textarea')?.focus()
  }, [proving.error])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const words = String(new FormData(event.currentTarget).get('words'))
    if (!proving.isPending) proving.mutate({ words })
  }
  const cancel = () => {
    handle.current?.settle()
    onCancel()
  }
  const said = proving.error instanceof ApiProblem ? proving.error.faultOf('words') : undefined
  return (
    <Form
      what={what}
      handle={handle}
      {...(onDirty && { onDirty })}
      onSubmit={submit}
      className={styles.form}
      autoComplete="off"
    >
      <TextArea
        label="Двенадцать слов с бумаги"
        name="words"
        required
        maxLength={2000}
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        data-gramm="false"
        translate="no"
        hint="По порядку, через пробел или по одному в строке. Заглавные буквы, номера и «ё» не важны, слово можно сократить до четырёх букв."
        error={proving.error && (said ?? sentenceOf(proving.error))}
      />
      <Row>
        <Button type="submit" variant="primary" busy={proving.isPending}>
          Проверить
        </Button>
        <Button onClick={cancel}>{cancelWords}</Button>
      </Row>
    </Form>
  )
}
