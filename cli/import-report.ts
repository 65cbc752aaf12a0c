import {
  type ExplainedName,
  type Fault,
  type FolderReading,
  faultPlace,
  faultSentence,
  type HeldFile,
  type ImportRefusal,
  type ImportSummary,
  type Kind,
  nameQuestionIds,
  OTHER_NAME,
  tableName,
  type UnreadFile,
  unreadWords,
  WHO_IS_WHO,
} from '#modules/imports/index.ts'

const MAX_GONE = 20
const MAX_UNREAD = 200

const KIND_WORDS: Record<Kind, string> = {
  intake: 'Заезд',
  'calendar-event': 'События календаря',
  'grading-period': 'Учебные периоды',
  bell: 'Звонки',
  'home-school': 'Школы по месту обучения',
  subject: 'Предметы',
  staff: 'Сотрудники',
  'staff-member': 'Должности сотрудников',
  'student-person': 'Воспитанники',
  student: 'Учебные карточки воспитанников',
  stay: 'Пребывание в заезде',
  guardian: 'Законные представители',
  'guardian-link': 'Связи «ребёнок — представитель»',
  role: 'Роли',
  class: 'Классы',
  subgroup: 'Подгруппы',
  'activity-group': 'Группы объединений',
  'corrective-group': 'Коррекционные группы',
  member: 'Состав классов и групп',
  'curriculum-line': 'Строки учебного плана',
  'lesson-plan': 'КТП',
  'lesson-plan-item': 'Темы КТП',
  journal: 'Журналы (нагрузка)',
  'timetable-slot': 'Строки расписания',
  lesson: 'Уроки и занятия заезда',
  procedure: 'Процедуры',
  'incoming-mark': 'Отметки с места обучения',
}

const REFUSALS: Record<ImportRefusal, string> = {
  'no-intake':
    'Ничего не записано: ни в одном файле не сказано, какой это заезд. Напишите в заголовке листа, например: ' +
    '«2-й заезд 2026/27 учебного года (02.11.2026 – 19.12.2026)».',
  'no-name':
    'Ничего не записано: организации в журнале ещё нет, а её названия нет в заголовках таблиц. Добавьте название ' +
    'или создайте организацию командой npm start.',
  'class-changed':
    'Ничего не загружено. В таблице эти дети стоят в другом классе, чем в журнале (в скобках — класс в журнале). ' +
    'Отметки и пропуски прежнего класса нельзя перенести таблицей. Верните прежний класс и повторите загрузку:',
  'rows-collide':
    'Ничего не записано: о следующем в таблицах сказано дважды и по-разному. Оставьте одну из двух строк:',
  'period-closed':
    'Ничего не записано: таблицы меняют закрытый учебный период или его уроки. Откройте период снова («Настройки», ' +
    '«Учебные периоды»), повторите загрузку и закройте его.',
  'several-organizations':
    'Ничего не записано: в этой базе несколько организаций, и название из таблиц не указывает на одну из них.',
  demo:
    'Ничего не записано: это база демонстрации, пароль к ней знают все, и в начале новой недели она очищается. ' +
    'Для настоящего центра укажите другую базу в DATABASE_URL или другую папку в DATA_DIR.',
}

/** Why nothing was written, and what to do about it. */
export const refusalWords = (refusal: ImportRefusal): string => REFUSALS[refusal]

/** What was recognised in each file, and which files of the folder were not read and why. */
export function readingReport({ files, unread }: Pick<FolderReading, 'files' | 'unread'>): string {
  const lines = files.flatMap(({ name, kinds, unreadColumns }) => {
    const what = [...new Set(kinds)].map(tableName).join('; ')
    const columns = unreadColumns.map(
      ({ sheet, headings }) => `    не прочитаны столбцы (лист «${sheet}»): ${headings.join(', ')}`,
    )
    return [`  ${name} — ${what === '' ? 'не распознан' : what}`, ...columns]
  })
  return [`Прочитано файлов: ${files.length}`, ...lines, '', ...unreadLines(unread)].join('\n')
}

function unreadLines(unread: UnreadFile[]): string[] {
  if (unread.length === 0) return []
  const lines = unread.slice(0, MAX_UNREAD).map(({ name, reason }) => `  ${name} — ${unreadWords(reason)}`)
  const rest = unread.length > MAX_UNREAD ? [`  … и ещё ${unread.length - MAX_UNREAD}`] : []
  return [`Не прочитано файлов: ${unread.length}`, ...lines, ...rest, '']
}

/** The files that are not imported: each fault with its place and the remedy. */
export function heldReport(held: HeldFile[]): string {
  const files = held.flatMap(({ name, faults, waitsFor }) => [
    `${name}`,
    ...faults.flatMap(faultLines),
    ...(waitsFor.length > 0 ? [`  ждёт файлов: ${waitsFor.join(', ')}`] : []),
    '',
  ])
  return [`Не записано, пока не исправлено: ${held.length}`, '', ...files].join('\n')
}

/** What names of the tables were taken to mean, with how to say otherwise. */
export function explainedReport(explained: readonly ExplainedName[]): string {
  const lines = explained.map(({ kind, said, means }) => {
    const [id] = nameQuestionIds(kind, said)
    return `  «${said}» — это «${means}» (иначе: --is ${id}="как в журнале")`
  })
  return ['Другие названия, о которых уже сказано:', ...lines, ''].join('\n')
}

function faultLines(fault: Fault): string[] {
  const { wrong, todo } = faultSentence(fault)
  const { file: _, ...place } = fault
  const where = faultPlace({ ...fault, ...place }).replace(`${fault.file}, `, '')
  const accept = WHO_IS_WHO.has(fault.code)
    ? `    Тот же человек: --same ${fault.id}, другой: --other ${fault.id}`
    : `    Если всё верно: --accept ${fault.id}`
  return [
    `  ${fault.severity === 'question' ? 'Вопрос' : 'Ошибка'}: ${where}`,
    `    ${wrong}`,
    `    ${todo}`,
    ...(OTHER_NAME.has(fault.code)
      ? [`    Так названо то, что уже известно: --is ${fault.id}="${fault.hint.near ?? 'как в журнале'}"`]
      : []),
    ...(fault.severity === 'question' ? [accept] : []),
  ]
}

/** What was created, changed and left as it was; rows that vanished are told of when the whole folder was read. */
export function writtenReport(
  { kinds, gone, daysOff }: ImportSummary,
  { dryRun, whole }: { dryRun: boolean; whole: boolean },
): string {
  const touched = kinds.filter(({ created, changed, skipped }) => created + changed + skipped > 0)
  const width = Math.max(...touched.map(({ kind }) => KIND_WORDS[kind].length))
  const sum = (of: 'read' | 'created' | 'changed' | 'skipped'): number =>
    touched.reduce((total, one) => total + one[of], 0)
  const head = `${'Записи'.padEnd(width)}  прочитано  создано  изменено  без изменений`
  const row = (name: string, ...[read, created, changed, skipped]: number[]): string =>
    `${name.padEnd(width)}  ${String(read).padStart(9)}  ${String(created).padStart(7)}  ${String(changed).padStart(8)}  ${String(skipped).padStart(13)}`
  const lines = touched.map((one) =>
    row(KIND_WORDS[one.kind], one.read, one.created, one.changed, one.skipped),
  )
  return [
    dryRun ? 'Проба: ничего не записано. При настоящем импорте было бы так.' : 'Записано.',
    '',
    head,
    ...lines,
    row('Всего', sum('read'), sum('created'), sum('changed'), sum('skipped')),
    ...daysOffLines(daysOff),
    ...(whole && gone.length > 0 ? goneLines(gone) : []),
  ].join('\n')
}

function daysOffLines({ takenAway, kept }: ImportSummary['daysOff']): string[] {
  const shown = kept.slice(0, MAX_GONE).map(({ day, startsAt, subject, group }) => {
    const date = day.split('-').reverse().join('.')
    return `  ${date}, ${startsAt}: ${subject}, ${group}`
  })
  const rest = kept.length > MAX_GONE ? [`  … и ещё ${kept.length - MAX_GONE}`] : []
  const empty = `По календарю в эти дни уроков нет. Убрано уроков, в которых ничего не записано: ${takenAway}.`
  const filled = `В выходные дни остались уроки, в которых есть записи: ${kept.length}. Проверьте календарь или эти записи:`
  return [...(takenAway > 0 ? ['', empty] : []), ...(kept.length > 0 ? ['', filled, ...shown, ...rest] : [])]
}

function goneLines(gone: ImportSummary['gone']): string[] {
  const shown = gone
    .slice(0, MAX_GONE)
    .map(({ kind, key }) => `  ${KIND_WORDS[kind]}: ${key.replace(/\|$/, '').replaceAll('|', ', ')}`)
  const rest = gone.length > MAX_GONE ? [`  … и ещё ${gone.length - MAX_GONE}`] : []
  return [
    '',
    `В таблицах больше нет строк, которые были в них раньше: ${gone.length}. В журнале они остались, уберите их там, если нужно:`,
    ...shown,
    ...rest,
  ]
}
