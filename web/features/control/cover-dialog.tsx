import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { LessonsToCover } from '#contract/substitutions.ts'
import { CONTROL } from '#domain/access/access.ts'
import { isFound, searchWords } from '#domain/people/search.ts'
import { Button } from '#ui/button.tsx'
import { TextField } from '#ui/controls.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Skeleton, Stack } from '#ui/layout.tsx'
import { call } from '#web/api.ts'
import { LoadFailure } from '#web/load-failure.tsx'
import { hasRole, useSession } from '#web/session.ts'
import { paths } from '../../paths.ts'
import styles from './control.module.css'

/** Somebody is away this morning: finds the lesson of today to name a substitute for (4.4). */
export function CoverToday() {
  const [open, setOpen] = useState(false)
  if (!hasRole(useSession(), ...CONTROL)) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>Замена на сегодня</Button>
      {open && <CoverDialog onClose={() => setOpen(false)} />}
    </>
  )
}

function CoverDialog({ onClose }: { onClose: () => void }) {
  const [wanted, setWanted] = useState('')
  const query = useQuery({
    queryKey: ['day', 'to-cover'],
    queryFn: ({ signal }) => call<LessonsToCover>('GET', '/api/lessons-to-cover', { signal }),
    staleTime: 0,
  })
  const words = searchWords(wanted)
  const found = (query.data?.lessons ?? []).filter(({ subject, group, teacher }) =>
    isFound([teacher, group, subject], words),
  )
  return (
    <Dialog title="Кого сегодня заменить?" onClose={onClose}>
      <Stack>
        <p>Откройте урок и запишите, кто его проведёт. Записанных уроков здесь нет.</p>
        <TextField
          label="Учитель, класс или предмет"
          type="search"
          autoComplete="off"
          value={wanted}
          onChange={({ target }) => setWanted(target.value)}
        />
        <LoadFailure title="Уроки не загрузились" query={query} />
        {query.isPending && <Skeleton lines={5} />}
        {query.data && found.length === 0 && <p>Таких уроков сегодня нет.</p>}
        <ul className={styles.cover}>
          {found.map(({ id, subject, group, teacher, startsAt }) => (
            <li key={id}>
              <span>{startsAt}</span>
              <div>
                <Link to={paths.lesson} params={{ lessonId: id }}>
                  {group} · {subject}
                </Link>
                <div className={styles.soft}>{teacher}</div>
              </div>
            </li>
          ))}
        </ul>
      </Stack>
    </Dialog>
  )
}
