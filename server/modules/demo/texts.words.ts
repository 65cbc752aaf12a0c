export const LATE_REASONS = [
  'Не работал интернет в корпусе',
  'Замена в другом классе',
  'Внесено после педагогического совета',
  'Болезнь, записи внесены по выходе',
]

/** Why the deputy closed a grading period. */
export const CLOSING_REASON = 'Итоги подведены на педагогическом совете'

export const MARK_COMMENTS = [
  'Хороший развёрнутый ответ',
  'Решение верное, но есть вычислительная ошибка',
  'Нужна помощь с этой темой, разберём вместе',
  'Большой шаг вперёд!',
  'Работа выполнена не полностью',
  'Аккуратно и вдумчиво',
]

export const LESSON_COMMENTS = [
  'Материал усвоен, к теме вернёмся на повторении',
  'Часть урока заняла медицинская эвакуация (учебная)',
  'Работали в парах, темп хороший',
]

export const SUBSTITUTION_REASONS = ['Болезнь учителя', 'Курсы повышения квалификации']

/** Kinds of larger works by the name of their type, with the heading they get in the journal. */
export const LARGER_WORKS: { subject: RegExp; types: string[] }[] = [
  { subject: /^русск|правописан/i, types: ['Диктант', 'Проверочная работа'] },
  { subject: /литератур/i, types: ['Сочинение', 'Проверочная работа'] },
  { subject: /математик|алгебр|геометр/i, types: ['Самостоятельная работа', 'Контрольная работа'] },
  { subject: /биолог|хими|физика|информатик/i, types: ['Лабораторная работа', 'Тест'] },
  { subject: /.*/, types: ['Проверочная работа', 'Тест'] },
]

export const DEMO_LOGINS: { role: string; login: string; title: string }[] = [
  { role: 'director', login: 'director', title: 'директор' },
  { role: 'deputy', login: 'deputy', title: 'завуч' },
  { role: 'system-admin', login: 'admin', title: 'системный администратор' },
  { role: 'journal-officer', login: 'officer', title: 'ответственный за журнал' },
  { role: 'secretary', login: 'secretary', title: 'секретарь' },
  { role: 'teacher', login: 'teacher', title: 'учитель' },
  { role: 'homeroom-teacher', login: 'homeroom', title: 'классный руководитель' },
  { role: 'activity-teacher', login: 'club', title: 'педагог доп. образования' },
  { role: 'specialist', login: 'specialist', title: 'специалист' },
  { role: 'carer', login: 'carer', title: 'воспитатель' },
  { role: 'student', login: 'student', title: 'воспитанник' },
  { role: 'guardian', login: 'guardian', title: 'родитель двоих детей' },
  { role: 'teacher', login: 'phone', title: 'учитель, вход с кодом из приложения' },
]
