import type { Children } from '#contract/diary.ts'
import type { Call } from '#platform/call.ts'
import { readChildrenRows } from './children.sql.ts'

/** Each of the guardian's children, or the student itself: today, homework for the next day, what is new. */
export async function readChildren(call: Call): Promise<Children> {
  const rows = await readChildrenRows(call)
  const children = rows.map(({ nextDay, homework, ...child }) => ({
    ...child,
    next: nextDay && {
      day: nextDay,
      homework,
      minutes: homework.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0),
    },
  }))
  return { today: call.today, children }
}
