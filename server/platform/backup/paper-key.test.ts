import { Decrypter, Encrypter } from 'age-encryption'
import { expect, test } from 'vitest'
import { wordsOf } from '#domain/backups/paper-words.ts'
import { paperRefusalText } from '#domain/backups/paper-words.words.ts'
import { inOtherLayouts } from '#domain/people/password-shapes.ts'
import { newPaperKey, paperIdentityOf } from './paper-key.ts'

const IDENTITY = 'AGE-SECRET-KEY-1KPXZ09QDEA3A6DLNC6GYN7JZCMTRATUELSYNNHPDCHNVUJ5WYZUQ0N4XCT'
const RECIPIENT = 'age1qa8eunqfe8ekp4gmsgs3836raamnwgv5dzqx6szrmklrj59mfe2qme3v0f'

// Reckoned apart from the product, from RFC 5869, RFC 7748 and BIP 173. Papers printed today open by these in ten years.
test.each([
  [
    '00000000000000000000000000000000',
    'AGE-SECRET-KEY-1RSY0PA39WL54ARQZ609VLRRL025R320N4DS0RKLVYDACXVVJWYXS7WXH3V',
    'age12eh7yn7krh4e2kvfzgqljy3u49smx26r0khanmr7ynm5hvqzne7suge3wr',
  ],
  ['00112233445566778899aabbccddeeff', IDENTITY, RECIPIENT],
  [
    '7a1b90d2c4e85f06133b8dfe2276a9c1',
    'AGE-SECRET-KEY-12HPPY6FNL02KTC3A39E7X8EAWYM78MKFL448037WZ6CEPR5YXLESFECUQJ',
    'age19e43v6yy00zsypergm8j6e99pxtakh63dq05l8rv8vaefsp3schqlr75n4',
  ],
])('the words of %s are always the same key of age', async (hex, identity, recipient) => {
  const words = wordsOf(Buffer.from(hex, 'hex')).join(' ')
  expect(await paperIdentityOf(words)).toEqual({ identity, recipient, mended: [] })
})

const WORDS = wordsOf(Buffer.from('00112233445566778899aabbccddeeff', 'hex')).join(' ')

test('what is sealed for a new key opens with its words and with its line, and with no other key', async () => {
  const [key, other] = [await newPaperKey(), await newPaperKey()]
  expect(key.words).toHaveLength(12)
  expect(key.words).not.toEqual(other.words)
  const encrypter = new Encrypter()
  encrypter.addRecipient(key.recipient)
  const sealed = await encrypter.encrypt('журнал 7А')
  const openedWith = (identity: string) => {
    const decrypter = new Decrypter()
    decrypter.addIdentity(identity)
    return decrypter.decrypt(sealed, 'text')
  }
  for (const typed of [key.words.join(' '), key.identity]) {
    const read = await paperIdentityOf(typed)
    expect(read).toEqual({ identity: key.identity, recipient: key.recipient, mended: [] })
    expect(await openedWith('identity' in read ? read.identity : '')).toBe('журнал 7А')
  }
  await expect(openedWith(other.identity)).rejects.toThrow('no identity matched')
})

test('keys come from all 128 bits', async () => {
  const keys = await Promise.all(Array.from({ length: 60 }, newPaperKey))
  expect(new Set(keys.flatMap(({ words }) => words)).size).toBeGreaterThan(500)
})

test.each([
  ['in small letters', IDENTITY.toLowerCase()],
  ['broken into lines', IDENTITY.replaceAll(/.{20}/g, '$&\n  ')],
  ['with what stands around it', `Ключ (для программы age):\n${IDENTITY}\nХраните в сейфе`],
  ['scanned under the Russian layout', inOtherLayouts(IDENTITY.toLowerCase())[0] ?? ''],
])('the line is read %s', async (_, text) => {
  expect(await paperIdentityOf(text)).toEqual({ identity: IDENTITY, recipient: RECIPIENT, mended: [] })
})

test.each([
  ['cut short', IDENTITY.slice(0, -3)],
  ['with one letter wrong', IDENTITY.replace('QDEA', 'QDEZ')],
  ['with a sign the format does not have', IDENTITY.replace('QDEA', 'QDEB')],
  ['begun only', 'AGE-SECRET-KEY-'],
])('the line %s is refused as such', async (_, text) => {
  const read = await paperIdentityOf(text)
  expect(read).toEqual({ refused: 'paper-line-broken' })
  expect('refused' in read && paperRefusalText(read)).toContain('не целиком или с ошибкой')
})

test('words are refused at their place, and what was mended is told', async () => {
  expect(await paperIdentityOf(WORDS.replace('загар', 'сугроб'))).toEqual({ refused: 'paper-words-disagree' })
  expect(await paperIdentityOf(WORDS.replace('загар', 'самокат'))).toMatchObject({ at: 6 })
  expect(await paperIdentityOf(WORDS.replace('лошадка', 'лашадка'))).toEqual({
    identity: IDENTITY,
    recipient: RECIPIENT,
    mended: [{ at: 10, typed: 'лашадка', taken: 'лошадка' }],
  })
})
