// What schools write in cells, folded: lower case, «ё» as «е», every dash as «-», one space for any.
//
// A pattern goes over a text once, however long it is: what may begin anywhere repeats nothing without a bound, and
// what may end anywhere begins where its run begins. `long-texts.test.ts` tries each of them.

export const WEEKDAY_NAMES = [
  ['понедельник', 'пн', 'пон'],
  ['вторник', 'вт', 'втр'],
  ['среда', 'ср', 'сред'],
  ['четверг', 'чт', 'чет'],
  ['пятница', 'пт', 'пят'],
  ['суббота', 'сб', 'суб'],
  ['воскресенье', 'вс', 'вск'],
]

// Beginnings of the months' names; «мар» is met before «ма».
export const MONTH_STEMS = ['янв', 'фев', 'мар', 'апр', 'ма', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек']

export const PATRONYMIC_ENDING = /(вич|вна|ична|инична|ьич|мич|кич|тич)$/i
export const PATRONYMIC_PARTICLE = /^(оглы|оглу|улы|уулу|кызы|кизи|гызы)$/i

export const CLASS_WORD = / ?(?:кл\.?|класс[а-я]{0,6})$/
export const CLASS_SET_LETTER = 'К'
// Letters typed in the Latin layout that look like Russian ones.
export const LATIN_LOOKALIKES: Record<string, string> = {
  A: 'А',
  B: 'В',
  C: 'С',
  E: 'Е',
  H: 'Н',
  K: 'К',
  M: 'М',
  O: 'О',
  P: 'Р',
  T: 'Т',
  X: 'Х',
}
export const MIXED_CLASS = /^(сборн|разновозраст|межкласс)/

export const TOTAL_ROW = /^(итого|всего|сумма)( |:|$)/
export const LIMIT_ROW = /^максимально допустим/
export const SIGNATURE_ROW = /^(директор|кл\.? ?руковод|классн\p{L}* руковод|м\. ?п\.|подпись|секретарь)/u

// A map and no object, so that «constructor» in a cell finds nothing.
export const SEXES = new Map<string, 'male' | 'female'>(
  Object.entries({
    м: 'male',
    муж: 'male',
    'муж.': 'male',
    мужской: 'male',
    мальчик: 'male',
    ж: 'female',
    жен: 'female',
    'жен.': 'female',
    женский: 'female',
    девочка: 'female',
  }),
)

export const ADMISSION_KINDS: [RegExp, 'temporary' | 'enrolled'][] = [
  [/^времен/, 'temporary'],
  [/^(зачисл|постоян)/, 'enrolled'],
]

export const PROGRAMME_LEVELS: [RegExp, 'primary' | 'basic' | 'secondary'][] = [
  [/\bноо\b|(^| )ноо( |$)|начальн/, 'primary'],
  [/(^| )ооо( |$)|основно/, 'basic'],
  [/(^| )соо( |$)|средне/, 'secondary'],
]
export const ADAPTED_PROGRAMME = /(^| )аооп( |$)|адаптирован/
export const PROGRAMME_VARIANT = /вариант ?(\d(?:\.\d)?)/

export const RELATIONS: [RegExp, 'mother' | 'father' | 'guardian' | 'relative'][] = [
  [/опекун|попечител|приемн/, 'guardian'],
  [/^мать|^мама/, 'mother'],
  [/^отец|^папа/, 'father'],
  [/бабушка|дедушка|тетя|дядя|сестра|брат/, 'relative'],
]
export const LIVES_APART = /отдельно/

export const CURRICULUM_PARTS: [RegExp, 'mandatory' | 'formed' | 'extracurricular' | 'corrective'][] = [
  [/^обязательн/, 'mandatory'],
  [/^часть,? формируем|^формируем/, 'formed'],
  [/^внеурочн/, 'extracurricular'],
  [/^коррекционно?-? ?развива\p{L}+ област|^коррекционн\p{L}+ област/u, 'corrective'],
]
export const CORRECTIVE_GROUP_HOURS = /^коррекционно-развивающие занятия/
export const ALL_CLASSES_COLUMN = /^(всего|итого)$/

export const POSITION_ROLES: [RegExp, string][] = [
  [/^директор/, 'director'],
  [/^зам(еститель|\.)? ?директор|^завуч/, 'deputy'],
  [/систем\p{L}{1,9} администратор/u, 'system-admin'],
  [/ответственн\p{L}{1,9} за (ведение )?(электронн\p{L}{1,9} журнал|эж)/u, 'journal-officer'],
  [/^секретарь|делопроизводител/, 'secretary'],
  [/логопед|дефектолог|психолог|инструктор лфк|тьютор|социальн\p{L}{1,9} педагог/u, 'specialist'],
  [/педагог\p{L}{0,9} доп/u, 'activity-teacher'],
  [/^воспитател|^старш\p{L}+ воспитател/u, 'carer'],
  [/^учител|^преподавател/, 'teacher'],
]
// Positions that add no role of their own in the journal.
export const POSITIONS_WITHOUT_ROLE = /^заведующ|^методист|^библиотекар|^медицинск|^врач/

export const INTAKE_TITLE =
  /(\d{1,2}) ?-? ?[а-я]{0,2} заезд\p{L}{0,9}(?: (\d{4}) ?[/-] ?(\d{2,4})(?: уч\p{L}{0,9}\.? (?:года?|г\.))?)? ?\(? ?(?:с )?(\d{1,2}\.\d{1,2}\.\d{4}) ?(?:-|по) ?(\d{1,2}\.\d{1,2}\.\d{4})\)?/u
// «3-й заезд», «для 3 заезда», «заезд № 3»; «1–4 заезды» name no one.
export const INTAKE_NUMBER =
  /(?:^|[^\d.-])(\d{1,2}) ?-? ?[а-я]{0,2} заезд(?:а|у|ом|е)?(?!\p{L})|(?:^|[^\p{L}])заезд(?:а|у|ом|е)? ?№ ?(\d{1,2})(?!\d)/u
export const ORGANIZATION_TITLE =
  /^(г[а-я]{1,3}оу|м[а-я]{0,3}оу|мобу|чоу|ноу|ано|фг[а-я]+)( |$)|^(центр|школа|лицей|гимназия|интернат)( |$)/

export const CALENDAR_EVENTS: [RegExp, 'year-start' | 'year-end' | 'vacation' | 'intake' | 'day-off'][] = [
  [/^начало учебного года/, 'year-start'],
  [/^(окончание|конец) учебного года/, 'year-end'],
  [/каникул/, 'vacation'],
  [/заезд/, 'intake'],
  [/выходн|праздн/, 'day-off'],
]
export const GRADES_OF_EVENT = /для (\d{1,2}(?: ?- ?\d{1,2})?) класс/
export const STUDY_DAYS = /(?<!\d)(\d{1,4}) учебн\p{L}{1,9} (?:день|дня|дней)/u
export const PERIOD_KINDS: [RegExp, 'quarter' | 'trimester' | 'half-year' | 'year'][] = [
  [/четверт/, 'quarter'],
  [/триместр/, 'trimester'],
  [/полугоди/, 'half-year'],
  [/год/, 'year'],
]
export const WITHOUT_MARKS = /безотметочн/
export const GRADED_ELSEWHERE = /по месту обучения/
export const CURRENT_MARKS_ONLY = /только текущие/
export const EXTRACURRICULAR_BELL = /внеуроч/
export const BELL_START = /начало/
export const BELL_END = /конец|окончание/

export const GROUP_LABEL = /^(гр\.?|группа|подгруппа|п\/гр\.?) ?\d+$|мед\.? ?гр/
export const SUBGROUP_SPELLINGS: [RegExp, string][] = [
  [/^(?:гр\.?|группа|подгруппа|п\/гр\.?) ?(\d+)$/, 'гр. $1'],
  [/^(\d+) ?(?:гр\.?|группа|подгруппа)?$/, 'гр. $1'],
  [/^осн\p{L}{0,9}\.?(?: ?мед\p{L}{0,15}\.?)?(?: ?гр\p{L}{0,9}\.?)?$/u, 'осн. мед. гр.'],
  [/^спец\p{L}{0,12}\.?(?: ?мед\p{L}{0,15}\.?)?(?: ?гр\p{L}{0,9}\.?)?$/u, 'спец. мед. гр.'],
]
export const ROOM_PREFIX = /^(?:каб(?:инет)?\.?|к\.|ауд\.?)\s*(?=\d)/

export const MISSED_LESSON = /пропускает урок\p{L}{0,9} ?: ?(.+)$/u
export const NO_HOMEWORK = /^(не задано|без задания|нет|-)$/
// The subject of a plan ends with the first comma, its class with the hours.
export const PLAN_TITLE =
  /^([^,]+), ?(.+?)(?: ?(?:класс|кл\.?))? ?\((\d{1,3}(?:[.,]\d{1,3})?) ?ч\p{L}{0,9}\.? в неделю\)/u
export const PLAN_TEACHERS = /^учител[ья] ?: ?(.+?)(?:\. (учебник.*))?$/iu

// A map and no object, so that «constructor» in a cell finds nothing.
export const MARK_WORDS = new Map<string, string>(
  Object.entries({
    отл: '5',
    отлично: '5',
    хор: '4',
    хорошо: '4',
    удовл: '3',
    удовлетворительно: '3',
    уд: '3',
    неуд: '2',
    неудовлетворительно: '2',
    неудовл: '2',
  }),
)
export const PASSED_WORDS = /^(зач|зачт|зачет|зачтено)\.?$/
export const NOT_PASSED_WORDS = /^(незач|не зачтено|незачет)\.?$/
export const ABSENT_WORDS = /^н$/
export const ILL_WORDS = /^(б|бол|болел|болела|болезнь)\.?$/
export const NOT_ATTESTED_WORDS = /^(н\/а|на|не аттестован[а]?)\.?$/
export const EXEMPT_WORDS = /^(осв|освобожден[а]?)\.?$/
export const PERIOD_COLUMN = /(четв|триместр|полугоди|итог|за год|годовая)/
export const MARKS_TITLE_PERSON =
  /^(?:текущие отметки[^:]*|учащ\p{L}*(?:\(\p{L}+\))?|обуч\p{L}*|ученик\p{L}*|фио) ?: ?(.+)$/iu
export const MARKS_PERIOD = /(\d{1,2}\.\d{1,2}\.\d{4}) ?- ?(\d{1,2}\.\d{1,2}\.\d{4})/
export const MARKS_PERIOD_NAME = /(\d (?:четверть|триместр|полугодие))/
export const MARKS_SCHOOL = /школа ?: ?(.+)$/iu
export const MARKS_CLASS = /класс ?: ?(\d{1,2} ?\p{L}?(?: ?кл\.?)?)(?= школа|$)/iu
export const MARKS_HEADING_PERSON =
  /^(\p{Lu}[\p{L}\- ]+?), ?(?:обуч\p{L}+|учащ\p{L}+|учени\p{L}+) (.+?) класса(?:, ?(\d{1,2}\.\d{1,2}\.\d{4}) ?г)?/u
export const CARD_LABELS = { person: /^(табель|фио|ученик|учащ)/, school: /^школа/, classUnit: /^класс/ }
