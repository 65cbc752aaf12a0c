import type { Fault, FaultCode } from './faults.ts'
import type { TableKind } from './sheet/headings.words.ts'
import { FIELD_NAMES, KIND_NAMES } from './table-names.words.ts'

/** What is wrong and what to do about it, in Russian. */
export type FaultSentence = { wrong: string; todo: string }

type Say = (fault: Fault) => [wrong: string, todo: string]

const WORKBOOK: Record<Extract<FaultCode, `workbook-${string}`>, Say> = {
  'workbook-file-too-big': () => ['Файл больше 20 МБ', 'Уберите из него рисунки или разделите его на части'],
  'workbook-not-a-workbook': () => [
    'Это не файл Excel',
    'Откройте его в редакторе таблиц и сохраните как .xlsx',
  ],
  'workbook-old-format': () => ['Файл в старом формате .xls', 'Сохраните его как «Книга Excel (.xlsx)»'],
  'workbook-encrypted': () => ['Файл защищён паролем', 'Снимите пароль и сохраните файл снова'],
  'workbook-broken': () => [
    'Файл повреждён и не читается',
    'Откройте его в редакторе таблиц и сохраните заново',
  ],
  'workbook-too-many-entries': () => [
    'В файле слишком много частей',
    'Сохраните в новую книгу только листы с данными',
  ],
  'workbook-expands-too-much': () => [
    'При распаковке файл разрастается сверх допустимого',
    'Сохраните в новую книгу только листы с данными',
  ],
  'workbook-unsafe-path': () => [
    'Файл устроен небезопасно',
    'Скопируйте данные в новую книгу и сохраните её',
  ],
  'workbook-entities': () => ['Файл устроен небезопасно', 'Скопируйте данные в новую книгу и сохраните её'],
  'workbook-sheet-too-large': () => [
    'Лист больше 50 000 строк или 1 000 столбцов',
    'Удалите пустые строки и столбцы за пределами таблицы',
  ],
}

const SHEETS = {
  'heading-missing': ({ hint }) => [
    `Похоже на таблицу «${kindName(hint)}», но нет столбца «${fieldName(hint)}»`,
    'Исправьте название столбца в этой строке',
  ],
  'heading-repeated': ({ hint }) => [
    `Столбец «${fieldName(hint)}» встречается дважды`,
    'Оставьте один из двух столбцов или переименуйте лишний',
  ],
  'file-unknown': () => [
    'По заголовкам не понять, что в файле',
    'Проверьте строку заголовков или уберите файл из папки',
  ],
  'sheet-unknown': () => ['Лист не похож ни на одну из известных таблиц', 'Подтвердите, что лист не нужен'],
  'title-unreadable': () => [
    'Над таблицей не сказано, чья она',
    'Впишите над таблицей предмет, класс и часы или фамилию воспитанника',
  ],
  formula: () => [
    'В ячейке формула, взято её последнее значение',
    'Проверьте значение или впишите его числом',
  ],
  'formula-without-value': () => ['В ячейке формула без значения', 'Впишите значение вместо формулы'],
  'cell-error': () => ['В ячейке ошибка таблицы', 'Исправьте формулу или впишите значение'],
} satisfies Partial<Record<FaultCode, Say>>

const VALUES = {
  'value-missing': ({ hint }) => [`Не заполнено: ${fieldName(hint)}`, 'Заполните ячейку или удалите строку'],
  'value-too-long': ({ hint }) => [
    `Текст длиннее ${hint.max} знаков (здесь ${hint.length})`,
    'Сократите текст',
  ],
  'value-unknown': ({ hint }) => [`Непонятное значение в столбце «${fieldName(hint)}»`, 'Исправьте значение'],
  'hidden-characters': () => ['В тексте есть невидимые знаки', 'Сотрите ячейку и наберите текст заново'],
  'name-characters': () => [
    'Это не похоже на имя человека',
    'Оставьте в ячейке только фамилию, имя и отчество',
  ],
  'name-incomplete': () => ['Указано не полное имя', 'Впишите фамилию и имя, отчество — если оно есть'],
  'mixed-alphabets': () => [
    'В имени смешаны русские и латинские буквы',
    'Наберите имя заново в русской раскладке',
  ],
  'number-invalid': () => ['Это не число', 'Впишите число'],
  'number-out-of-range': ({ hint }) => [
    `Число вне пределов от ${hint.min} до ${hint.max}`,
    'Проверьте и исправьте число',
  ],
  'date-invalid': () => ['Такой даты нет', 'Впишите дату в виде ДД.ММ.ГГГГ'],
  'date-ambiguous': ({ hint }) => [
    `Неясно, где день, а где месяц: ${date(hint.one)} или ${date(hint.other)}`,
    'Впишите дату в виде ДД.ММ.ГГГГ или примите этот вопрос отдельно: первым стоит день',
  ],
  'date-order': ({ hint }) => [
    `Дата раньше начала (${date(hint.start)})`,
    'Поменяйте даты местами или исправьте',
  ],
  'time-invalid': () => ['Время не читается', 'Впишите время в виде 08:30 или 08:30–09:10'],
  'lesson-unreadable': () => [
    'Занятие не читается',
    'Запишите его как «Предмет, Фамилия И. О., каб. 1», каждое с новой строки',
  ],
  'mark-unknown': () => ['Неизвестная отметка', 'Исправьте на 1–5, н, н/а, зач, осв, бол.'],
  'phone-unclear': () => [
    'Номер телефона не читается',
    'Исправьте номер или примите: телефон останется пустым',
  ],
  'email-unclear': () => ['Адрес почты не читается', 'Исправьте адрес или примите: почта останется пустой'],
  'position-unknown': () => ['Должность не даёт роли в журнале', 'Исправьте должность или примите как есть'],
  'age-unlikely': ({ hint }) => [`Возраст ${hint.age}: похоже на опечатку`, 'Проверьте дату рождения'],
  'date-outside-intake': ({ hint }) => [
    `Дата вне заезда (${date(hint.start)} – ${date(hint.end)})`,
    'Проверьте дату или примите как есть',
  ],
} satisfies Partial<Record<FaultCode, Say>>

const REFERENCES = {
  'class-unknown': ({ hint }) => ['Такого класса нет', `Выберите один из классов: ${hint.classes}`],
  'subject-unknown': ({ hint }) => ['Такого предмета нет в учебном плане', near(hint, 'Исправьте название')],
  'teacher-unknown': ({ hint }) => ['Такого человека нет среди сотрудников', near(hint, 'Исправьте фамилию')],
  'child-unknown': ({ hint }) => [
    'Такого ребёнка нет в списке воспитанников',
    near(hint, 'Исправьте имя или примите: запись будет пропущена'),
  ],
  'person-ambiguous': ({ hint }) => [
    `Подходит несколько человек: ${hint.among}`,
    'Укажите класс или допишите к имени дату рождения: «Иванов Иван Иванович (12.04.2016)»',
  ],
  'child-duplicated': ({ hint }) => [
    `Тот же ребёнок уже записан (ячейка ${hint.cell})`,
    'Удалите лишнюю строку',
  ],
  'child-probably-duplicated': ({ hint }) => [
    `Похоже, этот ребёнок уже записан (ячейка ${hint.cell})`,
    'Удалите строку; или ответьте: тот же ребёнок (--same) — строка будет пропущена, другой ребёнок (--other) — будут записаны оба',
  ],
  'child-corrected': ({ hint }) => [
    hint.birthDate === undefined
      ? `В журнале есть ребёнок с той же датой рождения и похожим именем: ${hint.name}. Исправлено имя или это другой ребёнок?`
      : `В журнале есть ребёнок с этим именем и другой датой рождения: ${date(hint.birthDate)}. Исправлена дата или это другой ребёнок?`,
    'Ответьте: исправлено, ребёнок тот же (--same), или это другой ребёнок (--other)',
  ],
  'staff-corrected': ({ hint }) => [
    `В журнале есть сотрудник с похожим именем, тем же телефоном, почтой или должностью: ${hint.name}. Исправлено имя или это другой человек?`,
    'Ответьте: исправлено, человек тот же (--same), или это другой человек (--other)',
  ],
  'staff-probably-duplicated': ({ hint }) => [
    `Похоже, этот человек уже записан (ячейка ${hint.cell})`,
    'Удалите строку; или ответьте: тот же человек (--same) — строка будет пропущена, другой человек (--other) — будут записаны оба',
  ],
  'subject-new': ({ hint }) => [
    'Такого предмета в журнале нет',
    near(hint, 'Исправьте название или примите этот вопрос отдельно: появится новый предмет'),
  ],
  'teacher-duplicated': ({ hint }) => [
    `Сотрудник с таким именем уже записан (ячейка ${hint.cell})`,
    'Удалите строку или уточните имя',
  ],
  'row-duplicated': ({ hint }) => [
    hint.cell === undefined ? 'Такая запись уже есть' : `Такая запись уже есть (ячейка ${hint.cell})`,
    'Удалите повторную строку',
  ],
  'rows-differ': ({ hint }) => [
    `Об этом же уже сказано иначе в ячейке ${hint.cell}`,
    'Оставьте одну из двух записей или исправьте номер',
  ],
  'subgroup-unknown': ({ hint }) => [
    `В классе ${hint.classUnit} нет такой подгруппы по предмету «${hint.subject}»`,
    'Исправьте подгруппу или впишите детей на листе подгрупп',
  ],
  'group-unknown': () => ['Такой группы нет', 'Исправьте название группы или добавьте её в список групп'],
  'group-not-said': () => ['В этом объединении несколько групп', 'Впишите, какая из них'],
  'child-class-differs': ({ hint }) => [
    `Указан класс ${hint.said}, а по спискам — ${hint.listed}`,
    'Исправьте класс или примите как есть',
  ],
  'group-without-load': () => [
    'В нагрузке этой группы нет: её занятия не попадут в расписание',
    'Добавьте строку нагрузки или примите: группа запишется без занятий',
  ],
  'child-without-subgroup': ({ hint }) => [
    `Ребёнок не распределён по подгруппам (${hint.division})`,
    'Впишите подгруппу или примите как есть',
  ],
} satisfies Partial<Record<FaultCode, Say>>

const CHECKS = {
  'lesson-not-in-load': ({ hint }) => [
    `В нагрузке нет такого занятия в классе ${hint.classUnit}`,
    'Исправьте расписание или добавьте строку нагрузки',
  ],
  'lesson-twice': ({ hint }) => [
    hint.cell === undefined
      ? 'У класса в это время уже есть урок'
      : `У класса в это время уже есть урок (ячейка ${hint.cell})`,
    'Уберите лишнее занятие',
  ],
  'intake-unknown': () => [
    'Нигде не указан заезд',
    'Впишите над таблицей: «2-й заезд 2026/27 учебного года (02.11.2026 – 19.12.2026)»',
  ],
  'intake-differs': ({ hint }) => [
    `В других файлах заезд с ${date(hint.start)} по ${date(hint.end)}`,
    'Проверьте номер и даты заезда',
  ],
  'intake-other': ({ hint }) => [
    `В заголовке другой заезд, а таблицы этой папки записываются в ${hint.number}-й (${date(hint.start)} – ${date(hint.end)})`,
    'Впишите над таблицей номер, год и даты её заезда: «3-й заезд 2026/27 учебного года (11.01.2027 – 27.02.2027)»',
  ],
  'intake-over': ({ hint }) => [
    `Заезд не назван, а последний в журнале, ${hint.number}-й, закончился ${date(hint.end)}`,
    'Впишите над таблицей, какой это заезд, или примите этот вопрос отдельно: таблица изменит закончившийся заезд',
  ],
  'study-days-differ': ({ hint }) => [
    `По календарю учебных дней ${hint.expected}`,
    'Проверьте выходные или примите как есть',
  ],
  'total-differs': ({ hint }) => [
    `Итог не сходится: по строкам выходит ${hint.expected}`,
    'Проверьте итог и строки',
  ],
  'size-differs': ({ hint }) => [
    `Указанное число детей не сходится: в списке ${hint.counted}`,
    'Проверьте список',
  ],
  'load-over-limit': ({ hint }) => [
    `${hint.who}: больше предела (${hint.limit} ч)`,
    'Уменьшите часы или примите',
  ],
  'load-differs-from-curriculum': ({ hint }) => [
    `По учебному плану часов столько, а в нагрузке ${hint.taught}`,
    'Исправьте план или нагрузку',
  ],
  'hours-differ': ({ hint }) => [
    `Часы не сходятся: должно быть ${hint.expected}`,
    'Сверьте с планом и расписанием',
  ],
  'teacher-twice': ({ hint }) => [
    `Учитель в это время занят (ячейка ${hint.cell})`,
    'Перенесите одно из занятий',
  ],
  'room-twice': ({ hint }) => [
    `Кабинет в это время занят (ячейка ${hint.cell})`,
    'Смените кабинет одного занятия',
  ],
  'method-day': () => ['Занятие в методический день учителя', 'Перенесите занятие или примите как есть'],
  'missed-lesson-differs': ({ hint }) => [
    `По расписанию в это время ${hint.planned === '' ? 'нет урока' : `«${hint.planned}»`}`,
    'Исправьте урок в примечании или примите как есть',
  ],
  'home-school-differs': ({ hint }) => [
    `В списке воспитанников указано: ${hint.expected}`,
    'Проверьте, чьи это отметки',
  ],
  'birth-date-differs': ({ hint }) => [
    `В списке воспитанников другая дата рождения: ${date(hint.expected)}`,
    'Проверьте, чьи это отметки',
  ],
  'average-differs': ({ hint }) => [`Средний балл не сходится: выходит ${hint.counted}`, 'Проверьте отметки'],
} satisfies Partial<Record<FaultCode, Say>>

const SENTENCES: Record<FaultCode, Say> = { ...WORKBOOK, ...SHEETS, ...VALUES, ...REFERENCES, ...CHECKS }

/** The Russian sentences of a fault; every code has them, or this does not compile. */
export function faultSentence(fault: Fault): FaultSentence {
  const [wrong, todo] = SENTENCES[fault.code](fault)
  return { wrong: fault.value === null ? wrong : `«${fault.value}»: ${lowerFirst(wrong)}`, todo }
}

/** Where a fault stands: «Сотрудники.xlsx, лист «Сотрудники», ячейка B6». */
export function faultPlace({ file, sheet, cell }: Fault): string {
  const parts = [file, sheet === null ? null : `лист «${sheet}»`, cell === null ? null : `ячейка ${cell}`]
  return parts.filter((part) => part !== null).join(', ')
}

/** Russian name of a kind of table. */
export function tableName(kind: TableKind): string {
  return KIND_NAMES[kind]
}

function kindName(hint: Fault['hint']): string {
  return KIND_NAMES[hint.kind as TableKind] ?? ''
}

function fieldName(hint: Fault['hint']): string {
  return FIELD_NAMES[hint.field ?? ''] ?? hint.field ?? ''
}

function near(hint: Fault['hint'], todo: string): string {
  return hint.near === undefined ? todo : `${todo}; возможно, это «${hint.near}»`
}

function date(day: string | undefined): string {
  return (day ?? '').split('-').reverse().join('.')
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
