import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useDeferredValue, useState } from 'react'
import type { LessonPage } from '#contract/lessons.ts'
import type { PutSubstitution, StaffChoices } from '#contract/substitutions.ts'
import { Button } from '#ui/button.tsx'
import { TextField } from '#ui/controls.tsx'
import { Dialog, DialogActions } from '#ui/dialog.tsx'
import { Row, Soft, Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { call } from '#web/api.ts'
import { sentenceOf } from '#web/query-client.ts'
import styles from './lesson.module.css'

const SHOWN = 8

type Props = { page: LessonPage; onSaved: () => void; onClose: () => void }

/** Who teaches or taught the lesson instead (4.4). */
export function SubstitutionDialog({ page, onSaved, onClose }: Props) {
  const { substitution, lesson, teacherId } = page
  const [chosen, setChosen] = useState(substitution.substituteId)
  const [query, setQuery] = useState('')
  const [reason, setReason] = useState(substitution.reason ?? '')
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const wanted = useDeferredValue(query.trim())
  const staff = useQuery({
    queryKey: ['staff', wanted],
    queryFn: ({ signal }) =>
      call<StaffChoices>('GET', `/api/staff?${new URLSearchParams({ query: wanted })}`, { signal }),
  })

  async function save(substituteId: string | null) {
    setBusy(true)
    setFailure(null)
    const body: PutSubstitution = {
      substituteId,
      reason: substituteId === null ? null : reason.trim() || null,
      version: substitution.version,
    }
    try {
      await call('PUT', `/api/lessons/${lesson.id}/substitution`, { body })
      onSaved()
    } catch (problem) {
      setFailure(problem)
      setBusy(false)
    }
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    if (chosen) void save(chosen)
  }
  const others = (staff.data?.staff ?? []).filter(({ id }) => id !== teacherId)
  return (
    <Dialog title="Кто ведёт урок вместо учителя?" onClose={onClose}>
      <form onSubmit={submit}>
        <Stack>
          <p>Заменяющий увидит и сможет заполнить только этот урок.</p>
          <TextField
            label="Фамилия"
            type="search"
            value={query}
            autoComplete="off"
            onChange={(event) => setQuery(event.target.value)}
          />
          {staff.error ? <Notice tone="error">{sentenceOf(staff.error)}</Notice> : null}
          <fieldset className={styles.choices}>
            <legend>Заменяет</legend>
            {others.slice(0, SHOWN).map(({ id, name, position }) => (
              <label key={id}>
                <input
                  type="radio"
                  name="substitute"
                  checked={chosen === id}
                  onChange={() => setChosen(id)}
                />
                <span>
                  {name} {position && <Soft>{position}</Soft>}
                </span>
              </label>
            ))}
            {staff.data && others.length === 0 && <p>Никого не нашлось.</p>}
            {others.length > SHOWN && <Soft>Ещё {others.length - SHOWN}: наберите фамилию.</Soft>}
          </fieldset>
          <TextField
            label="Причина"
            optional
            maxLength={300}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          {failure !== null && <Notice tone="error">{sentenceOf(failure)}</Notice>}
          <DialogActions>
            {substitution.substituteId && (
              <Button variant="quiet" busy={busy} onClick={() => void save(null)}>
                Снять замену
              </Button>
            )}
            <Row>
              <Button onClick={onClose}>Отмена</Button>
              <Button type="submit" variant="primary" busy={busy} disabled={!chosen}>
                Записать замену
              </Button>
            </Row>
          </DialogActions>
        </Stack>
      </form>
    </Dialog>
  )
}
