import { createHmac } from 'node:crypto'
import { Secret } from 'otpauth'
import { expect, test } from 'vitest'
import { newTotpSecret, totpAddress, totpCode, totpStep } from './totp.ts'

const RFC = Secret.fromLatin1('12345678901234567890').base32
const at = (seconds: number) => new Date(seconds * 1000)

// RFC 6238, appendix B, the rows of SHA-1.
test.each([
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
])('at %d seconds the code is that of the standard', (seconds, code) => {
  expect(totpCode(RFC, at(seconds), 8)).toBe(code)
  expect(totpStep(RFC, code.slice(2), at(seconds))).toBe(Math.floor(seconds / 30))
})

test.each([
  [-60, null],
  [-30, -1],
  [0, 0],
  [30, 1],
  [60, null],
])('a code of a clock %d seconds off belongs to step %s', (off, expected) => {
  const [now, step] = [at(1111111111), Math.floor(1111111111 / 30)]
  const code = totpCode(RFC, at(1111111111 + off))
  expect(totpStep(RFC, code, now)).toBe(expected === null ? null : step + expected)
})

test('a new secret has 160 bits, is never the same, and counts as the standard says', () => {
  const [one, other] = [newTotpSecret(), newTotpSecret()]
  expect(one).not.toBe(other)
  expect(one).toMatch(/^[A-Z2-7]{32}$/)
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(1111111111 / 30)))
  const mac = createHmac('sha1', Buffer.from(Secret.fromBase32(one).bytes))
    .update(counter)
    .digest()
  const number = mac.readUInt32BE((mac[19] ?? 0) & 15) & 0x7fffffff
  expect(totpCode(one, at(1111111111))).toBe(String(number % 1_000_000).padStart(6, '0'))
})

test('the address of a Russian centre is one that apps read', () => {
  const address = new URL(totpAddress(RFC, { issuer: 'Центр «Берег»: №1', label: 'ким.ч' }))
  expect([address.protocol, address.host]).toEqual(['otpauth:', 'totp'])
  expect(address.searchParams.get('secret')).toBe(RFC)
  expect(address.searchParams.get('issuer')).toContain('Берег')
  expect(address.searchParams.get('digits')).toBe('6')
})
