import { expect, test } from 'vitest'
import { givenNames, nameWithInitials, sharedInitials, shortNames } from './short-names.ts'

test.each([
  [
    ['Кочетов Николай Артёмович', 'Белов Борис Ильич'],
    ['Кочетов Николай', 'Белов Борис'],
  ],
  [
    ['Кочетов Николай Артёмович', 'Кочетов Николай Петрович', 'Кочетова Нина Львовна'],
    ['Кочетов Николай Артёмович', 'Кочетов Николай Петрович', 'Кочетова Нина'],
  ],
  // Read alike, though they are not written alike.
  [
    ['Королёв Фёдор Ильич', 'Королев Федор Олегович'],
    ['Королёв Фёдор Ильич', 'Королев Федор Олегович'],
  ],
  [
    ['Белов Борис Ильич (05.03.2015)', 'Белов Борис Ильич (17.09.2014)'],
    ['Белов Борис Ильич (05.03.2015)', 'Белов Борис Ильич (17.09.2014)'],
  ],
  // The same child, twice in the group.
  [
    ['Ким Юна', 'Ким Юна'],
    ['Ким Юна', 'Ким Юна'],
  ],
  [
    ['Ким Юна', 'Ким Юна Сергеевна'],
    ['Ким Юна', 'Ким Юна Сергеевна'],
  ],
])('%j are told as %j', (names, told) => {
  expect(shortNames(names)).toEqual(told)
})

test.each([
  [
    'two people of one initials',
    ['Иванова Анна Петровна', 'Иванова Алла Павловна', 'Петрова Анна Ильинична'],
  ],
  ['the very same name twice', ['Иванова Анна Петровна', 'Иванова Анна Петровна']],
  ['read alike, though not written alike', ['Фёдорова Алёна Ильинична', 'Федорова Алина Игоревна']],
  ['a former name in brackets', ['Иванова (Юдина) Анна Петровна', 'Иванова Алла Павловна']],
])('%s: initials do not tell them, and the whole name stands', (_, names) => {
  const shared = sharedInitials(names)
  expect(nameWithInitials(names[0] ?? '', shared)).toBe(names[0])
  expect(nameWithInitials(names[1] ?? '', shared)).toBe(names[1])
  expect(nameWithInitials('Петрова Анна Ильинична', shared)).toBe('Петрова А. И.')
})

test.each([
  ['Иванов Пётр Сергеевич', 'Иванов П. С.'],
  ['Ким', 'Ким'],
  ['Ким Чжи Хун', 'Ким Ч. Х.'],
  ['Иванова (Юдина) Анна Петровна', 'Иванова А. П.'],
  ['Иванова Анна Петровна (учитель физики)', 'Иванова Анна Петровна (учитель физики)'],
])('%s is written %s', (name, written) => {
  expect(nameWithInitials(name, [])).toBe(written)
})

test.each([
  [
    ['Белов Борис Ильич', 'Белова Анна Ильинична'],
    ['Борис', 'Анна'],
  ],
  [
    ['Белов Пётр Ильич', 'Юдин Петр Олегович', 'Белова Анна Ильинична'],
    ['Белов Пётр', 'Юдин Петр', 'Анна'],
  ],
  [
    ['Белов Пётр Ильич', 'Белов Пётр Олегович'],
    ['Белов Пётр Ильич', 'Белов Пётр Олегович'],
  ],
])('children of one family, %j, are %j', (names, told) => {
  expect(givenNames(names)).toEqual(told)
})
