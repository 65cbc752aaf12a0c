import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { SameHourLesson } from '#contract/substitutions.ts'
import { isFound, searchWords } from '#domain/people/search.ts'
import { journalTitle } from '#domain/text/journal-title.ts'
import { Button } from '#ui/button.tsx'
import { TextField } from '#ui/controls.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Row, Skeleton, Soft, Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { ApiProblem, call } from '#web/api.ts'
import { sentenceOf } from '#web/query-client.ts'
import { paths } from '../../paths.ts'
import styles from './today.module.css'
import { useLessonsToCover } from './use-day.ts'

/** «Урок вместо коллеги»: takes a colleague's lesson of today that nobody has recorded (4.4). */
export function CoverLessons({ onClose }: { onClose: () => void }) {
  const { data, error } = useLessonsToCover(true)
  const [query, setQuery] = useState('')
  const [failure, setFailure] = useState<unknown>(null)
  const [taking, setTaking] = useState<string | null>(null)
  const [busy, setBusy] = useState<Busy | null>(null)
  const navigate = useNavigate()
  const words = searchWords(query)
  const found = (data?.lessons ?? []).filter(({ subject, group, teacher }) =>
    isFound([subject, group, teacher], words),
  )
  async function take(lessonId: string, mergedBecause?: string) {
    setTaking(lessonId)
    setFailure(null)
    try {
      await claim(lessonId, mergedBecause)
      await navigate({ to: paths.lesson, params: { lessonId } })
    } catch (problem) {
      setTaking(null)
      const sameHour = sameHourOf(problem)
      if (sameHour) setBusy({ lessonId, sameHour })
      else setFailure(problem)
    }
  }
  return (
    <Dialog title="Урок вместо коллеги" onClose={onClose}>
      <Stack>
        <p>Уроки сегодняшнего дня, без записи. Замена будет видна учителю и завучу.</p>
        <input
          className={styles.search}
          type="search"
          aria-label="Класс, предмет или учитель"
          placeholder="Класс, предмет или учитель"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        {busy && (
          <Together
            key={busy.lessonId}
            busy={busy}
            waiting={taking !== null}
            onTake={(reason) => void take(busy.lessonId, reason)}
            onClose={() => setBusy(null)}
          />
        )}
        {failure !== null && <Notice tone="error">{sentenceOf(failure)}</Notice>}
        {error && <Notice tone="error">{sentenceOf(error)}</Notice>}
        {!data && !error && <Skeleton lines={4} />}
        {data && found.length === 0 && <p>Таких уроков нет.</p>}
        <ul className={styles.cover}>
          {found.map(({ id, subject, group, teacher, startsAt, period }) => (
            <li key={id}>
              <span>
                {startsAt} · {journalTitle(subject, group)}
                {period !== null && `, ${period}-й урок`}
                <br />
                <Soft>{teacher}</Soft>
              </span>
              <Button
                busy={taking === id}
                onClick={() => void take(id)}
                aria-label={`Этот урок за мной: ${journalTitle(subject, group)}`}
              >
                Этот урок за мной
              </Button>
            </li>
          ))}
        </ul>
      </Stack>
    </Dialog>
  )
}

type Busy = { lessonId: string; sameHour: SameHourLesson[] }
type TogetherProps = {
  busy: Busy
  waiting: boolean
  onTake: (reason: string) => void
  onClose: () => void
}

/** One has another lesson at that hour: both were taught together, and why, or another lesson was meant. */
function Together({ busy: { sameHour }, waiting, onTake, onClose }: TogetherProps) {
  const [reason, setReason] = useState('')
  const ready = reason.trim().length >= 3
  return (
    <Notice
      tone="warn"
      title={`В это время у вас: ${sameHour.map(({ subject, group }) => journalTitle(subject, group)).join('; ')}`}
    >
      <Stack>
        <TextField
          label="Почему уроки объединены"
          maxLength={300}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
        <Row>
          <Button onClick={onClose}>Выбрать другой урок</Button>
          <Button variant="primary" busy={waiting} disabled={!ready} onClick={() => onTake(reason.trim())}>
            Записать объединённое занятие
          </Button>
        </Row>
      </Stack>
    </Notice>
  )
}

function claim(lessonId: string, mergedBecause?: string): Promise<unknown> {
  const body = mergedBecause === undefined ? undefined : { mergedBecause }
  return call('POST', `/api/lessons/${lessonId}/substitution-claim`, { body })
}

/** What the claimant has at that hour, when the claim was refused for it. */
function sameHourOf(failure: unknown): SameHourLesson[] | null {
  return (failure instanceof ApiProblem && failure.problem.sameHour) || null
}
