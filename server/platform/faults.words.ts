import type { z } from 'zod'

type RawIssue = z.core.$ZodRawIssue

const FORMATS: Record<string, string> = {
  date: 'Такой даты нет. Напишите её как ГГГГ-ММ-ДД.',
  email: 'Это не похоже на адрес электронной почты.',
  uuid: 'Такой записи нет. Обновите страницу.',
  regex: 'Здесь есть знаки, которых быть не должно.',
}

const isLong = (issue: RawIssue): boolean => issue.origin === 'string' || issue.origin === 'array'

/** What a person reads beside a field that is filled in wrong; never the value, which may be personal. */
export function faultWords(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'Заполните это поле.' : 'Здесь нужно значение другого вида.'
    case 'too_small':
      return isLong(issue)
        ? `Слишком коротко. Наименьшая длина: ${issue.minimum}.`
        : `Слишком мало. Наименьшее значение: ${issue.minimum}.`
    case 'too_big':
      return isLong(issue)
        ? `Слишком длинно. Наибольшая длина: ${issue.maximum}.`
        : `Слишком много. Наибольшее значение: ${issue.maximum}.`
    case 'invalid_format':
      return FORMATS[issue.format] ?? 'Это написано не так, как нужно.'
    case 'invalid_value':
      return 'Выберите одно из предложенных значений.'
    case 'unrecognized_keys':
      return 'В запросе есть лишнее поле.'
    case 'not_multiple_of':
      return `Значение должно быть кратно ${issue.divisor}.`
    default:
      return 'Это значение здесь не подходит.'
  }
}
