/** Whose hours a subject belongs to, and rooms of which kind it needs. */
export type Chair =
  | 'primary'
  | 'russian'
  | 'mathematics'
  | 'english'
  | 'computing'
  | 'history'
  | 'geography'
  | 'biology'
  | 'physics'
  | 'chemistry'
  | 'art'
  | 'craft'
  | 'exercise'
  | 'safety'

/** A line of a plausible curriculum: hours a week in grades 1 to 11, whether the class is halved, whether hours are doubled. */
export type Line = {
  readonly subject: string
  readonly chair: Chair
  readonly hours: readonly number[]
  readonly halved?: boolean
  readonly doubled?: boolean
}

const line = (subject: string, chair: Chair, hours: string, more: Partial<Line> = {}): Line => ({
  subject,
  chair,
  hours: hours.split(' ').map(Number),
  ...more,
})

/** Five-day curricula within the weekly maximum of every grade; sums: 21, 23, 23, 23, 29, 30, 32, 32, 32, 32, 32. */
export const LINES: readonly Line[] = [
  line('Русский язык', 'primary', '5 5 5 5 0 0 0 0 0 0 0'),
  line('Литературное чтение', 'primary', '4 4 4 3 0 0 0 0 0 0 0'),
  line('Математика', 'primary', '4 4 4 4 0 0 0 0 0 0 0'),
  line('Окружающий мир', 'primary', '2 2 2 2 0 0 0 0 0 0 0'),
  line('Изобразительное искусство', 'primary', '1 1 1 1 0 0 0 0 0 0 0'),
  line('Труд (технология)', 'primary', '1 1 1 1 0 0 0 0 0 0 0'),
  line('ОРКСЭ', 'primary', '0 0 0 1 0 0 0 0 0 0 0'),
  line('Русский язык', 'russian', '0 0 0 0 5 6 4 3 3 2 2'),
  line('Литература', 'russian', '0 0 0 0 3 3 2 2 3 3 3'),
  line('Иностранный язык (английский)', 'english', '0 2 2 2 3 3 3 3 3 3 3', { halved: true }),
  line('Математика', 'mathematics', '0 0 0 0 5 5 0 0 0 0 0'),
  line('Алгебра', 'mathematics', '0 0 0 0 0 0 3 3 3 4 4'),
  line('Геометрия', 'mathematics', '0 0 0 0 0 0 2 2 2 3 3'),
  line('Вероятность и статистика', 'mathematics', '0 0 0 0 0 0 1 1 1 1 1'),
  line('Информатика', 'computing', '0 0 0 0 1 1 1 1 1 1 1', { halved: true }),
  line('История', 'history', '0 0 0 0 3 3 3 3 2 2 2'),
  line('Обществознание', 'history', '0 0 0 0 0 0 0 0 1 2 2'),
  line('География', 'geography', '0 0 0 0 1 1 2 2 2 1 1'),
  line('Биология', 'biology', '0 0 0 0 1 1 2 2 2 1 1'),
  line('Физика', 'physics', '0 0 0 0 0 0 2 2 3 3 3'),
  line('Химия', 'chemistry', '0 0 0 0 0 0 0 2 2 1 1'),
  line('Музыка', 'art', '1 1 1 1 1 1 1 1 0 0 0'),
  line('Изобразительное искусство', 'art', '0 0 0 0 1 1 1 0 0 0 0'),
  line('Труд (технология)', 'craft', '0 0 0 0 2 2 2 0 0 0 0', { halved: true, doubled: true }),
  line('Труд (технология)', 'craft', '0 0 0 0 0 0 0 1 1 0 0', { halved: true }),
  line('ОБЗР', 'safety', '0 0 0 0 0 0 0 1 1 1 1'),
  line('Индивидуальный проект', 'history', '0 0 0 0 0 0 0 0 0 1 1'),
  line('Физическая культура', 'exercise', '3 2 2 2 3 3 3 3 2 3 3'),
]

/** The hour the week begins with, and what follows the lessons. */
export const FIRST_HOUR = 'Разговоры о важном'
export const laterHour = (grade: number): string | null => {
  if (grade <= 4) return 'Орлята России'
  return grade >= 6 ? 'Россия — мои горизонты' : null
}
export const LETTERS = 'АБВГДЕЖИКЛМНОПРСТУФХ'
export const DAY_NAMES = ['Понедельник', 'Вторник', 'Среда', 'Четверг', 'Пятница']
