import type { FileFault, FileFaultCode, NamedThing, Unsupported } from './faults.ts'

/** What is wrong and what to do about it. */
export type FileFaultSentence = { readonly wrong: string; readonly todo: string }

type Say = (fault: FileFault) => [wrong: string, todo: string]

const NONE: Record<NamedThing, string> = {
  activity: 'Нет занятия (Activity) с номером',
  building: 'Нет здания',
  day: 'Нет дня',
  event: 'Нет занятия (Event)',
  lesson: 'Нет нагрузки (lesson)',
  period: 'Нет урока (часа дня)',
  resource: 'Нет ресурса',
  room: 'Нет кабинета',
  students: 'Нет класса или группы',
  subject: 'Нет предмета',
  tag: 'Нет метки занятий',
  teacher: 'Нет учителя',
  time: 'Нет времени',
}

const TWICE: Record<NamedThing, string> = {
  activity: 'Номер занятия повторяется',
  building: 'Здание названо дважды',
  day: 'День назван дважды',
  event: 'Занятие (Event) названо дважды',
  lesson: 'Нагрузка (lesson) названа дважды',
  period: 'Урок (час дня) назван дважды',
  resource: 'Ресурс назван дважды',
  room: 'Кабинет назван дважды',
  students: 'Класс или группа названы дважды',
  subject: 'Предмет назван дважды',
  tag: 'Метка занятий названа дважды',
  teacher: 'Учитель назван дважды',
  time: 'Время названо дважды',
}

const inElement = ({ hint }: FileFault) => (hint.element ? ` в <${hint.element}>` : '')
const quoted = ({ value }: FileFault) => `«${value ?? ''}»`

function bounds({ hint: { least, most } }: FileFault): string {
  if (least === undefined) return `не больше ${most}`
  return most === undefined ? `не меньше ${least}` : `от ${least} до ${most}`
}

/** What the reader of XML says, by how its message begins. */
const BROKEN: [begins: string, text: string][] = [
  ['unclosed tag: ', 'не закрыт элемент '],
  ['unmatched closing tag: ', 'закрыт элемент, который не открыт: '],
  ['unexpected close tag', 'элементы закрыты не в том порядке, в каком открыты'],
  ['undefined entity', 'неизвестная сущность после знака «&»'],
  ['malformed entity', 'знак «&» не на месте: в тексте он пишется «&amp;»'],
  ['text data outside of root node', 'текст вне главного элемента'],
  ['document must contain a root element', 'в нём ничего нет'],
  ['disallowed character', 'недопустимый знак'],
  ['unterminated', 'разметка обрывается'],
  ['unexpected end', 'файл обрывается'],
]

function whyBroken(why: string): string {
  const found = BROKEN.find(([begins]) => why.startsWith(begins))
  if (!found) return why === '' ? 'разметка обрывается' : `разметка нарушена (${why.replace(/\.$/, '')})`
  const [begins, text] = found
  return text.endsWith(' ') ? text + why.slice(begins.length).replace(/\.$/, '') : text
}

const SAY: Record<FileFaultCode, Say> = {
  'xml-broken': ({ hint }) => [
    `Файл XML испорчен: ${whyBroken(hint.why ?? '')}`,
    'Откройте файл в программе, которая его создала, и сохраните заново',
  ],
  'too-big': ({ hint }) => [
    `Файл слишком велик: больше ${hint.most} МБ`,
    'Проверьте, тот ли это файл; если тот — уберите из него лишнее',
  ],
  'too-deep': ({ hint }) => [
    `Элементы вложены глубже ${hint.most} уровней`,
    'Проверьте, тот ли это файл: в файлах расписаний такого не бывает',
  ],
  'other-format': ({ value, hint }) => [
    `Файл начинается с <${value ?? ''}>, а нужен <${hint.element ?? ''}>`,
    'Проверьте, тот ли это файл и тот ли формат',
  ],
  'nothing-to-place': () => ['В файле нет ни одного занятия', 'Добавьте занятия или выберите другой файл'],
  'element-missing': (fault) => [
    `Нет обязательного элемента <${fault.value ?? ''}>${inElement(fault)}`,
    'Добавьте его или сохраните файл заново в программе, которая его создала',
  ],
  'value-missing': (fault) => [`Пустое значение${inElement(fault)}`, 'Впишите значение'],
  'value-unknown': (fault) => [
    `Непонятное значение ${quoted(fault)}${inElement(fault)}`,
    fault.hint.why ? `Допустимо: ${fault.hint.why}` : 'Исправьте значение',
  ],
  'number-invalid': (fault) => [`${quoted(fault)}${inElement(fault)} — не число`, 'Впишите число цифрами'],
  'number-out-of-range': (fault) => [
    `Число ${fault.value}${inElement(fault)} не годится`,
    `Впишите число ${bounds(fault)}`,
  ],
  'list-empty': (fault) => [
    `Список пуст${inElement(fault)}`,
    'Впишите в него хотя бы одну строку или уберите его',
  ],
  'list-too-long': (fault) => [
    `Слишком длинный список${inElement(fault)}: ${fault.value}`,
    `Оставьте ${bounds(fault)}`,
  ],
  'name-repeated': (fault) => [
    `${TWICE[fault.hint.thing ?? 'activity']}: ${quoted(fault)}`,
    'Оставьте одно из двух или назовите их по-разному',
  ],
  'name-unknown': (fault) => [
    `${NONE[fault.hint.thing ?? 'activity']} ${quoted(fault)}${inElement(fault)}`,
    'Исправьте имя или добавьте его в список',
  ],
  'longer-than-day': (fault) => [
    `Занятие длится ${fault.value} уроков, а в дне их ${fault.hint.most}`,
    'Разделите занятие на части или исправьте его длину',
  ],
  'sum-differs': (fault) => [
    `Части занятия ${quoted(fault)} длятся вместе ${fault.hint.least}, а всё занятие — ${fault.hint.most}`,
    'Исправьте длину частей или добавьте недостающие',
  ],
  'mask-invalid': (fault) => [
    `Непонятная отметка ${quoted(fault)}${inElement(fault)}`,
    `Впишите по одной цифре 0 или 1, всего ${fault.hint.most}`,
  ],
  'encoding-unknown': (fault) => [
    `Неизвестная кодировка ${quoted(fault)}`,
    'Сохраните файл в UTF-8 или windows-1251',
  ],
  'encoding-broken': (fault) => [
    `Файл записан не в той кодировке, какая в нём указана: ${quoted(fault)}`,
    'Сохраните файл заново в программе, которая его создала',
  ],
}

/** What is wrong with the file and what to do, in Russian. */
export function fileFaultSentence(fault: FileFault): FileFaultSentence {
  const [wrong, todo] = SAY[fault.code](fault)
  return { wrong, todo }
}

/** One line for a terminal: «школа.fet, строка 12: Нет учителя «…». Исправьте имя …». */
export function fileFaultLine(fault: FileFault): string {
  const { wrong, todo } = fileFaultSentence(fault)
  const place = fault.line === null ? fault.file : `${fault.file}, строка ${fault.line}`
  return `${place}: ${wrong}. ${todo}.`
}

const SHOWN_LINES = 5

/** One line for a terminal about what of a file is not supported. */
export function unsupportedLine({ type, count, lines }: Unsupported): string {
  const shown = lines.slice(0, SHOWN_LINES).join(', ')
  const where = shown === '' ? '' : ` (строки ${shown}${count > SHOWN_LINES ? ', …' : ''})`
  return `Не поддерживается: ${type} — ${count} шт.${where}`
}
