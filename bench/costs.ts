import { verifyCostMs } from './hashing.ts'
import type { Figure } from './requests.ts'
import { type Ask, costOf } from './requests.ts'
import type { Schools } from './school.ts'
import { at, PASSWORD, TODAY, tokens } from './seed.ts'

const grid: Ask = { path: `/api/journals/${at.journal}`, token: tokens.teacher }
// The twentieth lesson of the first journal is today's, so nothing is late.
const lessonToday = at.lesson(20)

/** Saves one mark of today's lesson, each time over the version before. */
const oneMark = () => {
  let version = 0
  return (): Ask => ({
    method: 'PUT',
    path: `/api/journals/${at.journal}/cells`,
    token: tokens.teacher,
    body: {
      cells: [
        {
          lessonId: lessonToday,
          workId: lessonToday,
          studentId: at.child(1),
          value: String(2 + (version % 4)),
          version: version++,
        },
      ],
    },
  })
}

/** CPU, statements and bytes of each operation of the table. */
export async function measureCosts({ large, small }: Schools): Promise<Figure[]> {
  const page = await costOf(large, () => grid)
  const smallPage = await costOf(small, () => grid)
  const again = await costOf(large, () => grid)
  const mark = await costOf(large, oneMark())
  const attendance = await costOf(large, wholeLesson(), 200, 20)
  const diary = await costOf(large, () => ({
    path: `/api/students/${at.student}/diary?from=${TODAY}`,
    token: tokens.student,
  }))
  const start = await costOf(large, () => ({ path: '/api/children', token: tokens.guardian }))
  const signIn = await costOf(
    large,
    () => ({ method: 'POST', path: '/api/session', body: { login: 'bench-teacher', password: PASSWORD } }),
    60,
    5,
  )
  const hashing = await verifyCostMs()
  const cpu = (name: string, value: number, atMost: number): Figure => ({
    name,
    unit: 'ms CPU',
    value,
    atMost,
  })
  const count = (name: string, value: number, atMost: number): Figure => ({
    name,
    unit: 'statements',
    value,
    atMost,
  })
  return [
    cpu('journal grid 25 × 20', Math.min(page.cpu, again.cpu), 8),
    count('journal grid 25 × 20', page.statements, 5),
    cpu('one mark saved', mark.cpu, 4),
    count('one mark saved', mark.statements, 6),
    { name: 'one mark saved, answer', unit: 'bytes', value: mark.bytes, atMost: 1024 },
    cpu('attendance of a lesson of 25', attendance.cpu, 8),
    cpu("student's diary week", diary.cpu, 10),
    count("student's diary week", diary.statements, 6),
    cpu("guardian's start page", start.cpu, 10),
    count("guardian's start page", start.statements, 6),
    cpu('sign in, hashing aside', signIn.cpu - hashing, 5),
    {
      name: 'grid page at 100 × the data',
      unit: '× CPU',
      value: Math.min(page.cpu, again.cpu) / smallPage.cpu,
      atMost: 1.3,
    },
  ]
}

/** Attendance of the whole class at today's lesson, in one transaction, each time changed. */
function wholeLesson(): () => Ask {
  let version = 1
  // Seeded rows stand at version 1; every round changes all of them.
  return () => {
    const code = version % 2 === 1 ? 'б' : 'н'
    const children = Array.from({ length: 25 }, (_, n) => ({ studentId: at.child(n + 1), code, version }))
    version++
    return {
      method: 'PUT',
      path: `/api/lessons/${lessonToday}/attendance`,
      token: tokens.teacher,
      body: { children },
    }
  }
}
