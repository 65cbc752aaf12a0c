import { expect, test } from 'vitest'
import { passwordRefusal } from '#domain/people/password.ts'
import { commonWords } from './common-passwords.ts'

const owner = {
  login: 'sarkisov.vr',
  names: ['Саркисов', 'Вадим', 'Рубенович', 'Центр «Сосновый берег»', 'Сосновый берег'],
}
const refusalOf = (next: string) =>
  passwordRefusal(next, { current: 'прежний пароль учителя', owner, common: commonWords() })

test('the list holds a hundred thousand passwords and finds each of them, first and last', () => {
  const { isCommon, isWord } = commonWords()
  for (const known of ['123456', 'password', 'qwerty', 'administrator', 'dragon', 'пароль', 'zzzzzz'])
    expect(isCommon(known), known).toBe(true)
  for (const unknown of ['', '!', 'passwordd4', 'яяяяяяяяяяя', 'трижуравля'])
    expect(isCommon(unknown), unknown).toBe(false)
  expect([isWord('учител', 8), isWord('учитель', 7), isWord('учитель', 6), isWord('щщщщ', 9)]).toEqual([
    true,
    true,
    false,
    false,
  ])
})

test.each([
  // What passed before.
  ...['qwerty123456', 'пароль123456', 'йцукенгшщзхъ', '1q2w3e4r5t6y', '1qaz2wsx3edc', 'iloveyou1234'],
  ...['dragon123456', 'administrator', 'zhuravl-demo1', 'учитель2026!'],
  // The same in the other layout, in Latin letters, in other case.
  ...[
    'exbntkm2026!',
    'ghbdtn123456',
    'gfhjkm123456',
    'uchitel2026!',
    'Parol2026!!!',
    'ПАРОЛЬ-2026!!',
    'QWERTY!2026!',
  ],
  ...[
    'привет!!!2026',
    'Gfhjkm_20262026',
    'ЙЦУКЕНГШЩЗ12',
    'солнышко2026',
    'cjkysirj2026',
    'Учителя-2026',
    'любимая20262',
  ],
  // Signs that stand in for letters.
  ...['p@ssw0rd2026', 'Pa$$w0rd!!!!', 'dr4g0n123456', 'пар0ль202612', '1l0vey0u2026'],
  // Walks, runs and repeats.
  ...[
    'zaq12wsxcde3',
    'qazwsxedcrfv',
    '1qa2ws3ed4rf',
    "asdfghjkl;'1",
    '123456789012',
    'абвгдеёжзийк',
    'abcdefghijkl',
  ],
  ...[
    '1a2b3c4d5e6f',
    'aaaaaaaaaaaa',
    'абабабабабаб',
    'пароль пароль',
    'admin-admin-12',
    'мама мама мама',
    'qwe123qwe123',
  ],
  // Dates and telephones.
  ...['12.03.1985 г.', '89161234567890', '2026-11-12-2026'],
  // The product.
  ...['журавль20261', 'zhuravl20261', 'journal-2026'],
])('«%s» is refused as too common', (password) => {
  expect(refusalOf(password)).toBe('password-too-common')
})

test.each([
  ...[
    'sarkisov.vr1985',
    'Саркисов1985!',
    'sarkisov1985',
    'cfhrbcjd1985!',
    'Вадим Саркисов',
    'vadim-sarkisov',
    'ВадимРубенович',
  ],
  ...['сосновыйберег', 'sosnovyiberegg', 'Центр Сосновый', 'Сосновый_берег7', 'cjcyjdsq,thtu'],
])('«%s» is refused as made of known names', (password) => {
  expect(refusalOf(password)).toBe('password-from-name')
})

test.each([
  ...[
    'три весёлых журавля',
    'четыре тихих совы',
    'a long pass phrase of the bench',
    'кот пьёт чай в пять',
    'x7Kq9vPz2Lm4',
  ],
  ...[
    'sova-2026-reka-most',
    'вечером дождь 7 зонтов',
    'correct horse battery',
    'Тёплый хлеб и молоко',
    '9fK!t2-Wq_zB',
  ],
  ...['учитель и 30 ёжиков', 'зелёный чайник свистит', 'bereg reki volna 7', 'Саркисов рисует синих китов'],
])('«%s» may be chosen', (password) => {
  expect(refusalOf(password)).toBeNull()
})
