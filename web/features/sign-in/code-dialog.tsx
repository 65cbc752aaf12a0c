import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import type { GiveCode } from '#contract/second-factor.ts'
import { Button } from '#ui/button.tsx'
import { Dialog, DialogActions } from '#ui/dialog.tsx'
import { Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { ApiProblem, call } from '#web/api.ts'
import { CodeField } from '#web/code-field.tsx'
import { codeGiven, codeNotGiven } from '#web/code-gate.ts'
import { sentenceOf } from '#web/query-client.ts'

/** Asks for the code before rights are given, access is reset or much is exported; what was to be done is then done by itself. */
export function CodeDialog() {
  const confirm = useMutation({
    mutationFn: (body: GiveCode) => call('POST', '/api/session/confirmation', { body }),
    onSuccess: codeGiven,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!confirm.isPending) confirm.mutate({ code: String(new FormData(event.currentTarget).get('code')) })
  }
  const problem = confirm.error instanceof ApiProblem ? confirm.error : null
  const inField = problem?.faultOf('code')
  return (
    <Dialog title="Подтвердите, что это вы" onClose={codeNotGiven}>
      <form onSubmit={submit}>
        <Stack>
          <p>
            Права, доступ и выгрузки даются только с кодом, который введён не раньше пяти минут назад. Введите
            код, и начатое продолжится само.
          </p>
          <CodeField error={inField} />
          {confirm.error && !inField && <Notice tone="error">{sentenceOf(confirm.error)}</Notice>}
          <DialogActions>
            <Button onClick={codeNotGiven}>Отменить</Button>
            <Button type="submit" variant="primary" busy={confirm.isPending}>
              Подтвердить
            </Button>
          </DialogActions>
        </Stack>
      </form>
    </Dialog>
  )
}
