import { Link, useNavigate } from '@tanstack/react-router'
import type { DiaryWeek } from '#contract/diary.ts'
import { addDays, type Day, mondayOf } from '#domain/calendar/day.ts'
import { Button } from '#ui/button.tsx'
import { DayNav } from '#ui/day-nav.tsx'
import { PrintIcon } from '#ui/icons.tsx'
import { ButtonGroup, Toolbar } from '#ui/layout.tsx'
import { longDay, weekday } from '#web/formats.ts'
import { useSession } from '#web/session.ts'
import { paths } from '../../paths.ts'
import styles from './diary.module.css'
import { sameDayOf } from './diary-search.ts'

type Props = { studentId: string; day: Day; view: 'day' | 'week'; week: DiaryWeek | undefined }

/** Which week or day, how much of it, and on paper. */
export function DiaryToolbar({ studentId, day, view, week }: Props) {
  const { today } = useSession()
  const navigate = useNavigate()
  const go = (to: string, shown = view) =>
    void navigate({ to: paths.diary, params: { studentId }, search: { day: to, view: shown } })
  const around = view === 'week' ? weeksAround(week, day) : daysAround(week, day)
  return (
    <Toolbar label="Что показать">
      <DayNav
        day={day}
        today={today}
        previous={around.previous}
        next={around.next}
        step={view === 'week' ? 'неделя' : 'день'}
        onGo={go}
      />
      <ButtonGroup label="Вид">
        <Button aria-pressed={view === 'day'} onClick={() => go(day, 'day')}>
          День
        </Button>
        <Button aria-pressed={view === 'week'} onClick={() => go(day, 'week')}>
          Неделя
        </Button>
      </ButtonGroup>
      <Button variant="quiet" onClick={() => print()}>
        <PrintIcon /> Печать
      </Button>
    </Toolbar>
  )
}

type Around = { previous: string | null; next: string | null }

function weeksAround(week: DiaryWeek | undefined, day: Day): Around {
  return {
    previous: week?.previous ? sameDayOf(week.previous, day) : null,
    next: week?.next ? sameDayOf(week.next, day) : null,
  }
}

function daysAround(week: DiaryWeek | undefined, day: Day): Around {
  const previous = addDays(day, -1)
  const next = addDays(day, 1)
  const inside = (other: Day) => mondayOf(other) === mondayOf(day)
  return {
    previous: inside(previous) || week?.previous ? previous : null,
    next: inside(next) || week?.next ? next : null,
  }
}

/** Days of the week as links; one with lessons says how many. */
export function DayStrip({ studentId, week, day }: { studentId: string; week: DiaryWeek; day: string }) {
  const days = week.days.filter((one, n) => n < 6 || one.lessons.length > 0)
  return (
    <nav className={styles.strip} aria-label="Дни недели">
      {days.map((one) => (
        <Link
          key={one.day}
          to={paths.diary}
          params={{ studentId }}
          search={{ day: one.day, view: 'day' }}
          aria-current={one.day === day ? 'date' : undefined}
          aria-label={longDay(one.day)}
          data-empty={one.lessons.length === 0 || undefined}
        >
          <span>{weekday(one.day)}</span>
          <b>{Number(one.day.slice(8))}</b>
        </Link>
      ))}
    </nav>
  )
}
