import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { isFound, searchWords } from '#domain/people/search.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Skeleton, Soft, Stack } from '#ui/layout.tsx'
import { Notice } from '#ui/notice.tsx'
import { call } from '#web/api.ts'
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
  const navigate = useNavigate()
  const words = searchWords(query)
  const found = (data?.lessons ?? []).filter(({ subject, group, teacher }) =>
    isFound([subject, group, teacher], words),
  )
  async function take(lessonId: string) {
    setTaking(lessonId)
    setFailure(null)
    try {
      await call('POST', `/api/lessons/${lessonId}/substitution-claim`)
      await navigate({ to: paths.lesson, params: { lessonId } })
    } catch (problem) {
      setFailure(problem)
      setTaking(null)
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
        {failure !== null && <Notice tone="error">{sentenceOf(failure)}</Notice>}
        {error && <Notice tone="error">{sentenceOf(error)}</Notice>}
        {!data && !error && <Skeleton lines={4} />}
        {data && found.length === 0 && <p>Таких уроков нет.</p>}
        <ul className={styles.cover}>
          {found.map(({ id, subject, group, teacher, startsAt, period }) => (
            <li key={id}>
              <span>
                {startsAt} · {subject}, {group}
                {period !== null && `, ${period}-й урок`}
                <br />
                <Soft>{teacher}</Soft>
              </span>
              <Button
                busy={taking === id}
                onClick={() => void take(id)}
                aria-label={`Этот урок за мной: ${subject}, ${group}`}
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
