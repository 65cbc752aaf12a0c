import type { Fault, FaultCode } from './faults.ts'

/** What is wrong and what to do about it. */
export type Say = (fault: Fault) => [wrong: string, todo: string]

/** Faults of names that one table has and another should know. */
export const REFERENCES = {
  'class-unknown': ({ hint }) => [
    `Такого класса нет${meant(hint)}`,
    `Выберите один из классов: ${hint.classes}`,
  ],
  'subject-unknown': ({ hint }) => [
    `Такого предмета нет в учебном плане${meant(hint)}`,
    near(hint, 'Исправьте название'),
  ],
  'teacher-unknown': ({ hint }) => [
    `Такого человека нет среди сотрудников${meant(hint)}`,
    near(hint, 'Исправьте фамилию'),
  ],
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
    `Такого предмета в журнале нет${meant(hint)}`,
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

function near(hint: Fault['hint'], todo: string): string {
  return hint.near === undefined ? todo : `${todo}; возможно, это «${hint.near}»`
}

// What was answered and is not there either.
function meant({ answered }: Fault['hint']): string {
  return answered === undefined ? '' : `; ответ «${answered}» тоже ничего не назвал`
}

/** A day as people write it. */
export function date(day: string | undefined): string {
  return (day ?? '').split('-').reverse().join('.')
}
