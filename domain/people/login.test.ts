import { expect, test } from 'vitest'
import { nthLogin, proposedLogin } from './login.ts'

test.each([
  ['Щёголев', 'Антон', 'Юрьевич', 'shchegolev.ai'],
  ['Ким', 'Чжи Хун', null, 'kim.c'],
  ['Римский-Корсаков', 'Николай', 'Андреевич', 'rimskiikorsakov.na'],
  ['Müller', 'Zoë', null, 'muller.z'],
  ['Ы', 'Ь', null, 'y00'],
  ['<img onerror=1>', 'x', null, 'imgonerror1.x'],
  ['陳', '大文', null, 'user'],
] as const)('%s %s gets a login of the allowed form', (lastName, firstName, middleName, login) => {
  expect(proposedLogin({ lastName, firstName, middleName })).toBe(login)
  expect(login).toMatch(/^[a-z0-9][a-z0-9._-]{2,62}$/)
})

test('a name of 300 letters still fits, with a number after it', () => {
  const login = proposedLogin({ lastName: 'Щ'.repeat(300), firstName: 'А', middleName: null })
  expect(nthLogin(login, 99)).toMatch(/^[a-z0-9][a-z0-9._-]{2,62}$/)
})

test('namesakes are told apart by a number', () => {
  expect([1, 2, 3].map((n) => nthLogin('ivanov.ps', n))).toEqual(['ivanov.ps', 'ivanov.ps2', 'ivanov.ps3'])
})
