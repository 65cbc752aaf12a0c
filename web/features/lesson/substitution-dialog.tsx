import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useDeferredValue, useState } from 'react'
import type { LessonPage } from '#contract/lessons.ts'
import type { PutSubstitution, SameHourLesson, StaffChoices } from '#contract/substitutions.ts'
import { journalTitle } from '#domain/text/journal-title.ts'
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
  const [merged, setMerged] = useState(substitution.merged)
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const wanted = useDeferredValue(query.trim())
  const staff = useQuery({
    queryKey: ['staff', lesson.id, wanted],
    queryFn: ({ signal }) => {
      const asked = new URLSearchParams({ query: wanted, lessonId: lesson.id })
      return call<StaffChoices>('GET', `/api/staff?${asked}`, { signal })
    },
    // Who is free changes with every substitution.
    staleTime: 0,
  })

  async function save(substituteId: string | null) {
    setBusy(true)
    setFailure(null)
    const body: PutSubstitution = {
      substituteId,
      reason: substituteId === null ? null : reason.trim() || null,
      merged: substituteId !== null && merged,
      version: substitution.version,
    }
    try {
      await call('PUT', `/api/lessons/${lesson.id}/substitution`, { body })
      onSaved()
    } catch (problem) {
      setFailure(problem)
      setBusy(false)
      void staff.refetch()
    }
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    if (chosen && ready) void save(chosen)
  }
  const others = (staff.data?.staff ?? []).filter(({ id }) => id !== teacherId)
  const busyWith = others.find(({ id }) => id === chosen)?.busyWith ?? []
  const both = isTwice(busyWith, chosen, page)
  const ready = isReady({ chosen, both, merged, reason })
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
            {others.slice(0, SHOWN).map((one) => (
              <Choice
                key={one.id}
                choice={one}
                checked={chosen === one.id}
                onChoose={() => {
                  setChosen(one.id)
                  setMerged(false)
                }}
              />
            ))}
            {staff.data && others.length === 0 && <p>Никого не нашлось.</p>}
            {others.length > SHOWN && <Soft>Ещё {others.length - SHOWN}: наберите фамилию.</Soft>}
          </fieldset>
          {both && <Together busyWith={busyWith} merged={merged} onMerged={setMerged} />}
          <TextField
            label="Причина"
            optional={!both}
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
              <Button type="submit" variant="primary" busy={busy} disabled={!ready}>
                Записать замену
              </Button>
            </Row>
          </DialogActions>
        </Stack>
      </form>
    </Dialog>
  )
}

/** «В это время: физическая культура, 2А» */
function sameHourWords(lessons: SameHourLesson[]): string {
  if (lessons.length === 0) return 'В это время есть другой урок'
  return `В это время: ${lessons.map(({ subject, group }) => journalTitle(subject, group)).join('; ')}`
}

/** Before two classes at that hour; taught so before, and perhaps not among those found by the words typed now. */
function isTwice(busyWith: SameHourLesson[], chosen: string | null, { substitution }: LessonPage): boolean {
  return busyWith.length > 0 || (substitution.merged && chosen === substitution.substituteId)
}

type Filled = { chosen: string | null; both: boolean; merged: boolean; reason: string }

function isReady({ chosen, both, merged, reason }: Filled): boolean {
  return chosen !== null && (!both || (merged && reason.trim() !== ''))
}

type ChoiceProps = { choice: StaffChoices['staff'][number]; checked: boolean; onChoose: () => void }

function Choice({ choice: { name, position, sameSubject, busyWith }, checked, onChoose }: ChoiceProps) {
  return (
    <label>
      <input type="radio" name="substitute" checked={checked} onChange={onChoose} />
      <span>
        {name} {position && <Soft>{position}</Soft>}
        <br />
        <Soft>
          {busyWith.length === 0 ? 'свободное время' : sameHourWords(busyWith)}
          {sameSubject && ' · ведёт этот предмет'}
        </Soft>
      </span>
    </label>
  )
}

type TogetherProps = {
  busyWith: SameHourLesson[]
  merged: boolean
  onMerged: (merged: boolean) => void
}

function Together({ busyWith, merged, onMerged }: TogetherProps) {
  return (
    <Notice tone="warn" title={sameHourWords(busyWith)}>
      <label className={styles.merged}>
        <input type="checkbox" checked={merged} onChange={({ target }) => onMerged(target.checked)} />
        <span>Объединённое занятие: оба урока ведутся вместе. Понадобится причина.</span>
      </label>
    </Notice>
  )
}
