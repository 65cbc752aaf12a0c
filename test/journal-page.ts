import type { Gradebook, GradebookLesson, GradebookWork } from '#contract/gradebook.ts'

const work = (id: string, weight: number): GradebookWork => ({
  id,
  typeId: 'type',
  short: 'От',
  name: 'Ответ на уроке',
  title: '',
  weight,
  version: 1,
})

const lesson = (id: string, day: string, change: Partial<GradebookLesson>): GradebookLesson => ({
  id,
  day,
  period: 2,
  topic: 'Дроби',
  state: 'today',
  lateReason: null,
  recorded: true,
  hasHomework: false,
  substitute: null,
  writable: true,
  works: [work(`${id}-answer`, 1)],
  ...change,
})

/**
 * One page of a journal as a screen has it: Monday the 23rd is today; Pyotr arrived on the 20th, Anna left on the
 * 20th; today's lesson has a test besides the answers; Friday's lesson is late, Tuesday's is ahead.
 */
export function journalPage(): Gradebook {
  return {
    journal: {
      id: 'journal',
      kind: 'lessons',
      subject: 'Математика',
      group: '5 «А»',
      teacher: 'Петрова Анна Ивановна',
      teacherId: 'teacher',
      intake: 'Третий заезд',
      from: '2026-11-09',
      to: '2026-11-29',
      gradeless: false,
      writable: true,
    },
    today: '2026-11-23',
    scale: ['2', '3', '4', '5'],
    codes: [
      { code: 'н', name: 'Отсутствие', absent: true, counted: true },
      { code: 'у', name: 'Уважительная причина', absent: true, counted: true },
      { code: 'ув', name: 'Ушёл раньше', absent: false, counted: false },
    ],
    lessons: [
      lesson('old', '2026-11-10', { state: 'closed', writable: false }),
      lesson('friday', '2026-11-20', { state: 'late' }),
      lesson('monday', '2026-11-23', { works: [work('monday-answer', 1), work('monday-test', 3)] }),
      lesson('tuesday', '2026-11-24', { state: 'ahead', writable: false }),
    ],
    students: [
      { id: 'maria', name: 'Белова Мария Игоревна', from: '2026-11-09', to: null },
      { id: 'pyotr', name: 'Иванов Пётр Сергеевич', from: '2026-11-20', to: null },
      { id: 'anna', name: 'Орлова Анна Олеговна', from: '2026-11-09', to: '2026-11-20' },
    ],
    marks: [
      { studentId: 'maria', workId: 'monday-answer', value: '4', comment: 'Молодец', version: 2 },
      { studentId: 'maria', workId: 'old-answer', value: '3', comment: null, version: 1 },
    ],
    attendance: [{ studentId: 'maria', lessonId: 'friday', code: 'н', version: 1 }],
  }
}
