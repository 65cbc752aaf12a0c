/** Days of the week as a timetable names them. */
export const DAY_NAMES = ['Понедельник', 'Вторник', 'Среда', 'Четверг', 'Пятница', 'Суббота', 'Воскресенье']

/** The hour every week begins with («Разговоры о важном»). */
export const FIRST_OF_WEEK = /^разговоры о важном$/i

/** Where a wish or a ban comes from. */
export const SOURCE = {
  firstOfWeek: 'первым уроком в понедельник: «Разговоры о важном»',
  spread: 'уроки предмета в разные дни',
  windows: 'без окон у учителей',
  laterWindows: 'внеурочные занятия подряд',
  room: 'кабинет учителя',
  methodDay: (name: string) => `методический день: ${name}`,
  child: (name: string, what: string) => `${name}: ${what}`,
  missed: (name: string, subject: string) => `${name} пропускает из-за процедуры: ${subject}`,
}

/** The name of those of a class who stay after its lessons. */
export function laterName(label: string): string {
  return `${label}, после уроков`
}

/** The name of several rooms taken at once. */
export function roomsName(names: readonly string[]): string {
  return names.join(' + ')
}

/** What stands in a written timetable. */
export const TIMETABLE = {
  sheet: 'Расписание',
  title: 'РАСПИСАНИЕ УЧЕБНЫХ ЗАНЯТИЙ',
  headings: ['День', '№ урока', 'Время'],
  room: (name: string) => (/^\d/.test(name) ? `каб. ${name}` : name),
  intake: (organization: string | null, intake: string | null) =>
    [organization, intake].filter((part) => part !== null).join(', '),
  dates: (number: number, year: string, from: string, to: string) =>
    `${number}-й заезд ${year} учебного года (${from} – ${to})`,
}

/** How timetables shorten the names of subjects; the import knows all of them. */
export const SHORT_SUBJECTS = new Map([
  ['Иностранный язык (английский)', 'Англ. язык'],
  ['Литературное чтение', 'Лит. чтение'],
  ['Изобразительное искусство', 'ИЗО'],
  ['Труд (технология)', 'Труд'],
  ['Физическая культура', 'Физкультура'],
])
