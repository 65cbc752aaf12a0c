/** Kinds of work a new organisation begins with; the first is the column every lesson has. Weights as is usual. */
export const DEFAULT_WORK_TYPES: readonly { name: string; short: string; weight: number }[] = [
  { name: 'Ответ на уроке', short: 'отв', weight: 1 },
  { name: 'Устный опрос', short: 'уст', weight: 1 },
  { name: 'Домашняя работа', short: 'д/р', weight: 1 },
  { name: 'Практическая работа', short: 'пр', weight: 2 },
  { name: 'Лабораторная работа', short: 'л/р', weight: 2 },
  { name: 'Самостоятельная работа', short: 'с/р', weight: 2 },
  { name: 'Тест', short: 'тест', weight: 2 },
  { name: 'Проверочная работа', short: 'п/р', weight: 3 },
  { name: 'Диктант', short: 'дикт', weight: 3 },
  { name: 'Изложение', short: 'изл', weight: 3 },
  { name: 'Сочинение', short: 'соч', weight: 3 },
  { name: 'Проект', short: 'проект', weight: 3 },
  { name: 'Зачёт', short: 'зач', weight: 3 },
  { name: 'Контрольная работа', short: 'к/р', weight: 4 },
]

/** Signs of attendance a new organisation begins with: was the child away, and does it count as a miss. */
export const DEFAULT_ATTENDANCE_CODES: readonly {
  code: string
  name: string
  absent: boolean
  counted: boolean
}[] = [
  { code: 'н', name: 'Отсутствие, причина не известна', absent: true, counted: true },
  { code: 'б', name: 'Болезнь', absent: true, counted: true },
  { code: 'у', name: 'Отсутствие, уважительная причина', absent: true, counted: true },
  { code: 'нп', name: 'Отсутствие, неуважительная причина', absent: true, counted: true },
  { code: 'о', name: 'Опоздание', absent: false, counted: false },
  { code: 'ос', name: 'Освобождение от урока', absent: true, counted: false },
  { code: 'п', name: 'На процедуре', absent: true, counted: false },
  { code: 'пр', name: 'День прибытия, на уроке ещё нет', absent: true, counted: false },
  { code: 'уб', name: 'День убытия, на уроке уже нет', absent: true, counted: false },
]
