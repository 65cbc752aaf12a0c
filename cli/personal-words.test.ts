import { expect, test } from 'vitest'
// @ts-expect-error the checks are plain modules without types
import { personalWords } from '../scripts/personal-words.mjs'

const found = (text: string): number => personalWords(`const words = '${text}'`).length

test.each([
  'Отсутствовал по уважительной причине',
  'Болела',
  'Я провёл урок вместо коллеги',
  'Провела я',
  'Прибыл в этот день, на уроке ещё не был',
  'был на уроке',
  'ещё не входил',
  'Я прочитал(а) правила',
  'Вы согласны? Согласен(на)',
  'Освобождён от урока',
  'Опоздала',
  'Вы уверен',
  'Ученик',
  'Список учащихся',
  'обучающийся',
])('«%s» is not said', (text) => {
  expect(found(text)).toBeGreaterThan(0)
})

test.each([
  'Болезнь',
  'Отсутствие, уважительная причина',
  'Урок вместо коллеги',
  'Это значение изменил другой человек',
  'ребёнок ещё не прибыл',
  'Пароль, который вам выдал администратор',
  'Урок ещё не прошёл',
  'Экран не открылся',
  'Воспитанник',
  'запись ещё не ушла',
  'Вы вошли. Вы были здесь',
])('«%s» may be said', (text) => {
  expect(found(text)).toBe(0)
})
