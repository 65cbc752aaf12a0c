import type { LessonGap, ShownLessons } from '#domain/control/keeping.ts'

/** Each name of the control desk in words. */
export const shownWords: Record<ShownLessons, string> = {
  findings: 'Все замечания',
  held: 'Проведено уроков',
  'in-time': 'Заполнено в срок',
  'filled-late': 'Заполнено с опозданием',
  missing: 'Не заполнено',
  'no-topic': 'Нет темы',
  'no-attendance': 'Нет посещаемости',
  'no-homework': 'Нет домашнего задания',
  late: 'Есть поздние записи',
  corrected: 'Есть исправления',
  substituted: 'Замены',
}

export const gapWords: Record<LessonGap, string> = {
  'no-topic': 'нет темы',
  'no-attendance': 'нет посещаемости',
  'no-homework': 'нет домашнего задания',
}
