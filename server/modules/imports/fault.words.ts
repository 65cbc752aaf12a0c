import type { Fault, FaultCode } from './faults.ts'
import { date, REFERENCES, type Say } from './reference-faults.words.ts'
import type { TableKind } from './sheet/headings.words.ts'
import { FIELD_NAMES, KIND_NAMES } from './table-names.words.ts'

/** What is wrong and what to do about it, in Russian. */
export type FaultSentence = { wrong: string; todo: string }

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
  'workbook-too-slow': () => [
    'Файл читается дольше, чем можно',
    'Скопируйте данные в новую книгу. Если файл просто большой, а компьютер медленный, задайте WORKBOOK_SECONDS больше',
  ],
  'workbook-too-much-memory': () => [
    'Файлу не хватает памяти, которую ему можно занять',
    'Скопируйте в новую книгу только листы с данными',
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

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
