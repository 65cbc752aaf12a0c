import { describe, expect, test } from 'vitest'
import type { Day } from '../calendar/day.ts'
import { emailOf, phoneOf, phoneText } from './contacts.ts'
import { mayBeDouble } from './double.ts'
import { nameKey } from './name-key.ts'
import { isFound, searchWords } from './search.ts'
import { nameText, spellingDoubt } from './spelling.ts'

describe('a name as it is kept', () => {
  test.each([
    ['  Римский \u2013 Корсаков ', 'Римский-Корсаков'],
    ['Римский\u2011Корсаков', 'Римский-Корсаков'],
    ['Чжи\u00a0 Хун', 'Чжи Хун'],
    ["О'Нил", 'О’Нил'],
    ['О\u02bcНил', 'О’Нил'],
    ['И\u0306одов', 'Йодов'],
    ['Семе\u0308нов', 'Семёнов'],
    ['Анна\u2009Мария', 'Анна Мария'],
  ])('%j is «%s»', (typed, kept) => {
    expect(nameText(typed)).toBe(kept)
    expect(nameText(kept)).toBe(kept)
  })
})

describe('two spellings of one name are equal', () => {
  test.each([
    ['Семёнов', 'СЕМЕНОВ'],
    ['Семёнов', 'Семe\u0308нов'],
    ['Семёнов', 'Ceмёнов'],
    ['Сидоров', 'Cидopoв'],
    ['Римский-Корсаков', 'Римский\u2014Корсаков'],
    ['Римский-Корсаков', 'Римский Корсаков'],
    ['О’Нил', 'ОНил'],
    ['О’Нил', 'О`Нил'],
    ['Йодов', 'Йодов'.normalize('NFD')],
    ['Иванова (Петрова)', 'Иванова Петрова'],
    ['Ива\u0301нов', 'Иванов'],
    ['Müller', 'Muller'],
    ['Солов\u00adьёв', 'Соловьев'],
  ])('%s and %s', (one, other) => {
    expect(nameKey(one)).toBe(nameKey(other))
  })
  test.each([
    ['Йодов', 'Иодов'],
    ['Щербинина', 'Щербенина'],
    ['Ким', 'Кимов'],
  ])('but not %s and %s', (one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other))
  })
})

describe('a search', () => {
  test.each([
    ['йодов', 'И\u0306одов Пётр'],
    ['И\u0306одов', 'Йодов Пётр'],
    ["О'Нил", 'О’Нил Шон'],
    ['нил', 'О’Нил Шон'],
    ['Петрова', 'Иванова (Петрова) Анна'],
    ['Сидоров', 'Cидоров Иван'],
    ['корсаков римский', 'Римский-Корсаков Николай'],
    ['римский\u2013корсаков', 'Римский-Корсаков Николай'],
    ['пётр иван', 'Иванов Петр'],
    ['зерск', 'Белозерская Ирина'],
    ['', 'Кто угодно'],
  ])('«%s» finds «%s»', (query, name) => {
    expect(isFound([name], searchWords(query))).toBe(true)
  })
  test.each([
    ['в', 'Иванов Пётр'],
    ['ов', 'Иванов Пётр'],
    ['%', 'Иванов Пётр'],
    ['иванов сидор', 'Иванов Пётр'],
  ])('«%s» does not find «%s»', (query, name) => {
    expect(isFound([name], searchWords(query))).toBe(false)
  })
})

const person = (name: string, birthOn: string | null = '2014-05-06') => {
  const [lastName = '', firstName = '', middleName = null] = name.split('/')
  return { lastName, firstName, middleName, birthOn: birthOn as Day | null }
}

describe('a double', () => {
  test.each([
    ['Семёнов/Артём', 'Семенов/Артем'],
    ['Семёнов/Артём', 'Ceмёнов/Артём'],
    ['Семёнов/Артём', 'Артём/Семёнов'],
    ['Семёнов/Артём', 'Семёнов/Артём/Игоревич'],
    ['Семёнов/Артём/Игоревич', 'Семёнов/Артём'],
    ['Римский-Корсаков/Николай', 'Римский - Корсаков/Николай'],
    ['О’Нил/Шон', 'О`Нил/Шон'],
    ['Щербинина/Анна', 'Щербенина/Анна'],
    ['Неклюдов/Константин', 'НЕКЛЮДОВ/КОНСТАНТИН'],
  ])('%s and %s born on one day may be one person', (one, other) => {
    expect(mayBeDouble(person(one), person(other))).toBe(true)
    expect(mayBeDouble(person(one), person(other, null))).toBe(!one.startsWith('Щ'))
    expect(mayBeDouble(person(one), person(other, '2015-05-06'))).toBe(false)
  })
  test.each([
    ['Иванов/Пётр/Сергеевич', 'Иванов/Пётр/Андреевич'],
    ['Иванов/Пётр', 'Иванов/Павел'],
    ['Иванов/Саша', 'Иванова/Саша'],
    ['Иванова/Пётр', 'Петрова/Иван'],
  ])('%s and %s are two people', (one, other) => {
    expect(mayBeDouble(person(one), person(other))).toBe(false)
  })
})

test.each([
  ['Ceмёнов/Артём', '2014-05-06', 'name-mixes-alphabets'],
  ['Семёнов/Ivan', '2014-05-06', 'name-mixes-alphabets'],
  ['Smith/Anna', '2014-05-06', null],
  ['Семёнов/Артём', '2035-05-06', 'birth-day-unlikely'],
  ['Семёнов/Артём', '2026-11-12', 'birth-day-unlikely'],
  ['Семёнов/Артём', '1901-05-06', 'birth-day-unlikely'],
  ['Семёнов/Артём', '1940-05-06', null],
  ['Семёнов/Артём', null, null],
])('%s born on %s: %s', (name, birthOn, doubt) => {
  expect(spellingDoubt(person(name, birthOn), '2026-11-12')).toBe(doubt)
})

test.each([
  ['8.916.123.45.67', '+79161234567'],
  ['+7 916 000\u201101\u201177', '+79160000177'],
  ['+7 (916) 000-01-77', '+79160000177'],
  ['8\u00a0916\u2013000\u201401\u221277', '+79160000177'],
  ['9160000177', '+79160000177'],
  ['тел. 8 916 000 01 77', '+79160000177'],
  ['8 (495) 123-45-67 доб. 12', '+74951234567 доб. 12'],
  ['+7 495 123-45-67, доб 305', '+74951234567 доб. 305'],
  ['8 495 123 45 67 #12', '+74951234567 доб. 12'],
  ['+375 29 123-45-67', '+375291234567'],
  ['+374 10 123456', '+37410123456'],
  ['12-34', null],
  ['мама', null],
  ['8 916 000-01-77, 8 495 123-45-67', null],
  ['<8 916 000 01 77>', null],
  ['', null],
])('telephone %j is kept as %j', (typed, kept) => {
  expect(phoneOf(typed)).toBe(kept)
  if (kept !== null) expect([phoneOf(kept), phoneOf(phoneText(kept))]).toEqual([kept, kept])
})

test.each([
  ['Мама@Почта.РФ', 'мама@почта.рф'],
  ['anna@xn--80a1acny.xn--p1ai', 'anna@xn--80a1acny.xn--p1ai'],
  ['  Anna.Petrova+school@mail.example.ru ', 'anna.petrova+school@mail.example.ru'],
  ['анна_п@школа-7.москва', 'анна_п@школа-7.москва'],
  ['мама@mail.ru', 'мама@mail.ru'],
  ['anna@mаil.ru', null],
  ['anna@mail', null],
  ['anna@@mail.ru', null],
  ['anna@mail,ru', null],
  ['anna mail.ru', null],
  ['anna@mail..ru', null],
  ['anna@-mail.ru', null],
  ['<anna@mail.ru>', null],
  ['an\u200bna@mail.ru', null],
])('address %j is kept as %j', (typed, kept) => {
  expect(emailOf(typed)).toBe(kept)
})
