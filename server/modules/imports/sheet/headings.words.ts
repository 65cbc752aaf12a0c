/** Kinds of table a centre keeps; a sheet is told by its headings, never by its name. */
export type TableKind =
  | 'staff'
  | 'students'
  | 'curriculum'
  | 'load'
  | 'subgroups'
  | 'bells'
  | 'calendar'
  | 'grading-periods'
  | 'timetable'
  | 'procedures'
  | 'corrective-groups'
  | 'clubs'
  | 'club-members'
  | 'lesson-plan'
  | 'marks-by-day'
  | 'marks-in-line'
  | 'marks-of-period'
  | 'marks-in-words'

/** Headings besides the fixed ones: a column per class, day, subject, month, period or range of grades. */
export type OpenColumns = 'class' | 'day' | 'subject' | 'month' | 'period' | 'grades'

/** `unnamed`: the column may stand without a heading and is told by what is in it. */
export type Field = { words: string[]; required?: true; again?: string; unnamed?: 'weekday' | 'period' }

export type HeadingSpec = { fields: Record<string, Field>; open?: OpenColumns }

// «Ф. И. О.» comes apart when its points are dropped.
export const SPACED_INITIALS: [RegExp, string] = [/^ф и о(?= |$)/, 'фио']

const PERSON = ['фио', 'ф и о', 'фамилия имя отчество', 'фамилия имя']
const CHILD = [
  'фио воспитанника',
  'фио обучающегося',
  'фио ребенка',
  'фио ученика',
  'воспитанник',
  'обучающийся',
  'ребенок',
  'ученик',
  'фамилия имя отчество воспитанника',
  ...PERSON,
]
const CLASS = ['класс', 'кл', 'класс группа', 'классы']
const NUMBER = ['№ п п', 'п п', '№', 'номер', 'n п п']
const ROOM = ['кабинет', 'каб', 'место', 'помещение', 'аудитория', 'место проведения']
const PHONE = ['телефон', 'тел', 'телефоны', 'контактный телефон', 'мобильный телефон']
const EMAIL = ['e mail', 'email', 'эл почта', 'электронная почта', 'почта', 'адрес электронной почты']
const SUBJECT = [
  'предмет',
  'предметы',
  'учебный предмет',
  'учебные предметы',
  'наименование предмета',
  'дисциплина',
]
const WEEKDAY = ['день', 'дни', 'день недели', 'дни недели']
const NOTE = ['примечание', 'примечания', 'комментарий']
const HOURS = [
  'часов в неделю',
  'кол во часов',
  'количество часов',
  'часы',
  'часов',
  'ч нед',
  'кол во часов в неделю',
  'час нед',
]
const TEACHER = ['учитель', 'педагог', 'преподаватель', 'фио учителя', 'фио педагога', 'руководитель']
const LESSON_NUMBER = [
  '№ урока',
  'урок',
  'номер урока',
  '№',
  'уроки',
  'урок №',
  '№ уроков',
  'уроки №',
  'n урока',
]
const START = ['начало', 'дата начала', 'с']
const END = ['окончание', 'конец', 'дата окончания', 'по']
const ACTIVITY = ['объединение', 'кружок', 'секция', 'программа', 'студия', 'объединение кружок']
const SIZE = ['кол во детей', 'кол во', 'количество детей', 'количество', 'человек', 'чел', 'детей']

export const HEADINGS: Record<TableKind, HeadingSpec> = {
  staff: {
    fields: {
      number: { words: NUMBER },
      person: { words: ['фио сотрудника', 'фио работника', 'сотрудник', ...PERSON], required: true },
      position: { words: ['должность', 'должности', 'занимаемая должность'], required: true },
      subjects: { words: ['преподаваемые предметы', ...SUBJECT] },
      room: { words: ROOM },
      email: { words: EMAIL },
      phone: { words: PHONE },
      methodDay: { words: ['методический день', 'метод день', 'мет день'] },
      homeroom: { words: ['классное руководство', 'кл руководство', 'классный руководитель'] },
    },
  },
  students: {
    fields: {
      number: { words: NUMBER },
      person: { words: CHILD, required: true },
      birthDate: {
        words: ['дата рождения', 'день рождения', 'дата рожд', 'д р', 'рождения'],
        required: true,
      },
      sex: { words: ['пол'] },
      classUnit: { words: CLASS, required: true },
      programme: { words: ['программа', 'образовательная программа', 'программа обучения'] },
      homeSchool: { words: ['школа по месту обучения', 'школа', 'базовая школа', 'место обучения'] },
      homeClass: { words: ['класс по месту обучения', 'класс в школе', 'класс базовой школы'] },
      arrival: { words: ['дата прибытия', 'прибытие', 'дата заезда', 'прибыл', 'дата поступления'] },
      departure: { words: ['дата убытия', 'убытие', 'дата выбытия', 'дата отъезда', 'убыл'] },
      admission: { words: ['вид', 'вид зачисления', 'вид пребывания', 'форма зачисления'] },
      guardian1: {
        words: ['законный представитель 1', 'законный представитель', 'родитель', 'родитель 1', 'мать'],
        again: 'guardian2',
      },
      relation1: {
        words: ['степень родства', 'степень родства 1', 'кем приходится', 'родство'],
        again: 'relation2',
      },
      phone1: { words: [...PHONE, 'телефон 1'], again: 'phone2' },
      email1: { words: [...EMAIL, 'e mail 1'], again: 'email2' },
      guardian2: { words: ['законный представитель 2', 'родитель 2', 'отец'] },
      relation2: { words: ['степень родства 2', 'родство 2'] },
      phone2: { words: ['телефон 2', 'тел 2'] },
      email2: { words: ['e mail 2', 'email 2', 'эл почта 2', 'электронная почта 2'] },
      note: { words: NOTE },
    },
  },
  curriculum: { fields: { subject: { words: SUBJECT, required: true } }, open: 'class' },
  load: {
    fields: {
      teacher: { words: TEACHER, required: true },
      subject: { words: SUBJECT, required: true },
      classUnit: { words: CLASS, required: true },
      subgroup: { words: ['подгруппа', 'группа', 'п гр'] },
      hours: { words: HOURS, required: true },
      part: { words: ['раздел учебного плана', 'раздел', 'часть учебного плана', 'часть'] },
    },
  },
  subgroups: {
    fields: { classUnit: { words: CLASS, required: true }, person: { words: CHILD, required: true } },
    open: 'subject',
  },
  bells: { fields: { period: { words: LESSON_NUMBER, required: true } }, open: 'grades' },
  calendar: {
    fields: {
      event: { words: ['событие', 'мероприятие', 'наименование'], required: true },
      start: { words: START, required: true },
      end: { words: END, required: true },
      note: { words: NOTE },
    },
  },
  'grading-periods': {
    fields: {
      classes: { words: CLASS, required: true },
      period: { words: ['период', 'учебный период', 'четверть'], required: true },
      start: { words: START, required: true },
      end: { words: END, required: true },
      marks: { words: ['отметки', 'оценивание', ...NOTE] },
    },
  },
  timetable: {
    fields: {
      weekday: { words: WEEKDAY, required: true, unnamed: 'weekday' },
      period: { words: [...LESSON_NUMBER, ...NUMBER, 'час', 'часы'], required: true, unnamed: 'period' },
      time: { words: ['время', 'звонки', 'время урока'] },
    },
    open: 'class',
  },
  procedures: {
    fields: {
      number: { words: NUMBER },
      person: { words: CHILD, required: true },
      classUnit: { words: CLASS },
      procedure: { words: ['процедура', 'вид процедуры', 'процедуры', 'назначение'], required: true },
      room: { words: ROOM },
      weekday: { words: WEEKDAY, required: true },
      period: { words: LESSON_NUMBER },
      time: { words: ['время'], required: true },
      note: { words: NOTE },
    },
  },
  'corrective-groups': {
    fields: {
      group: { words: ['группа', 'название группы'], required: true },
      specialist: { words: ['специалист', 'фио специалиста', ...TEACHER], required: true },
      times: { words: ['дни и время', 'день и время', 'расписание', 'время'], required: true },
      room: { words: ROOM },
      size: { words: SIZE },
      members: { words: ['состав', 'состав группы', 'список', 'дети', 'воспитанники'], required: true },
    },
  },
  clubs: {
    fields: {
      activity: { words: ACTIVITY, required: true },
      group: { words: ['группа', 'гр'] },
      teacher: { words: TEACHER, required: true },
      classes: { words: CLASS },
      weekday: { words: WEEKDAY, required: true },
      time: { words: ['время', 'часы занятий'], required: true },
      room: { words: ROOM },
      size: { words: SIZE },
    },
  },
  'club-members': {
    fields: {
      activity: { words: ACTIVITY, required: true },
      group: { words: ['группа', 'гр'] },
      person: { words: CHILD, required: true },
      classUnit: { words: CLASS },
    },
  },
  'lesson-plan': {
    fields: {
      number: { words: [...LESSON_NUMBER, ...NUMBER] },
      section: { words: ['раздел', 'тема раздела', 'раздел программы'] },
      topic: { words: ['тема урока', 'тема', 'тема занятия', 'содержание'], required: true },
      hours: { words: HOURS, required: true },
      workForm: {
        words: ['вид работы форма контроля', 'вид работы', 'форма контроля', 'контроль', 'формы контроля'],
      },
      homework: { words: ['домашнее задание', 'д з', 'дз', 'задание на дом'] },
      minutes: { words: ['время на д з мин', 'время на д з', 'мин', 'минут', 'время мин'] },
    },
  },
  'marks-by-day': { fields: { subject: { words: SUBJECT, required: true } }, open: 'day' },
  'marks-in-line': {
    fields: {
      number: { words: NUMBER },
      subject: { words: SUBJECT, required: true },
      marks: { words: ['текущие отметки', 'отметки', 'оценки', 'текущие оценки'], required: true },
      average: { words: ['средний балл', 'ср балл', 'средняя'] },
    },
  },
  'marks-of-period': {
    fields: {
      subject: { words: SUBJECT, required: true },
      planned: { words: ['кол во часов по плану', 'часов по плану', 'по плану'], required: true },
      taught: { words: ['кол во часов по факту', 'часов по факту', 'по факту', 'часов дано'] },
      missed: { words: ['пропущено уроков', 'пропущено', 'пропуски'] },
      teacher: { words: TEACHER },
    },
    open: 'period',
  },
  'marks-in-words': { fields: { subject: { words: SUBJECT, required: true } }, open: 'month' },
}
