import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { inLatin, inOtherLayouts } from '../people/password-shapes.ts'
import { numberOf, oneSlipFrom, wordInLatin } from './paper-lookup.ts'
import { bytesOf, type PaperRefusal, type PaperWords } from './paper-typing.ts'
import { PAPER_WORDS } from './paper-word-list.words.ts'
import { PAPER_BYTES, wordsOf } from './paper-words.ts'
import { mendedText, paperRefusalText } from './paper-words.words.ts'

const FIRST = Array.from({ length: 12 }, () => 'абажур').join(' ')
const LAST = 'ящик ящик ящик ящик ящик ящик ящик ящик ящик ящик ящик яранга'
const STEPS = 'абажур офорт патент оттиск копна загар вышивка дубль слойка лошадка нотариус ящерица'
const OTHER = 'нефть фигурист дробь очевидец отблеск оптимист каштан мольберт яйцо брошюра решето описание'

const ALPHABET = [...'абвгдежзийклмнопрстуфхцчшщъыьэюя']
const anyKey = fc.uint8Array({ minLength: PAPER_BYTES, maxLength: PAPER_BYTES })
const anyPlace = fc.nat({ max: 11 })

const isRead = (read: PaperWords | PaperRefusal): read is PaperWords => !('refused' in read)
const wordsIn = (read: PaperWords | PaperRefusal) => (isRead(read) ? read.words : read)

/** Everything one slip turns a text into: a letter wrong, too many, missing, two neighbours swapped. */
function slips(text: string): string[] {
  const places = [...text].map((_, n) => n)
  return [
    ...places.map((n) => text.slice(0, n) + text.slice(n + 1)),
    ...places.flatMap((n) => ALPHABET.map((letter) => text.slice(0, n) + letter + text.slice(n + 1))),
    ...[...places, text.length].flatMap((n) =>
      ALPHABET.map((letter) => text.slice(0, n) + letter + text.slice(n)),
    ),
    ...places.slice(1).map((n) => `${text.slice(0, n - 1)}${text[n]}${text[n - 1]}${text.slice(n + 1)}`),
  ].filter((slip) => slip !== text)
}

test('the list has 2048 words in order, of 3 to 8 plain letters', () => {
  expect(PAPER_WORDS).toHaveLength(2048)
  expect([...PAPER_WORDS].sort()).toEqual(PAPER_WORDS)
  expect(new Set(PAPER_WORDS).size).toBe(2048)
  expect(PAPER_WORDS.filter((word) => !/^[а-я]{3,8}$/.test(word))).toEqual([])
})

test('the list is the one that papers were printed with', () => {
  const hash = createHash('sha256').update(PAPER_WORDS.join(' ')).digest('hex')
  expect(hash).toBe('9b26252c11264f13d9a364b9b6a5bf1e6403d2157519b227d20e2f1ef1b58880')
})

test('each word is known by its first four letters, and one of three begins no other', () => {
  expect(new Set(PAPER_WORDS.map((word) => word.slice(0, 4))).size).toBe(2048)
  const short = PAPER_WORDS.filter((word) => word.length === 3)
  expect(
    short.filter((word) => PAPER_WORDS.some((other) => other !== word && other.startsWith(word))),
  ).toEqual([])
})

test('spelled as in passports the words stay apart', () => {
  expect(PAPER_WORDS.filter((word) => wordInLatin(inLatin(word)) !== word)).toEqual([])
})

test('no slip of one letter makes another word of the list, nor what it may be shortened to', () => {
  const confused = PAPER_WORDS.flatMap((word, number) =>
    slips(word).flatMap((slip) => {
      const taken = numberOf(slip)
      return taken === null || taken === number ? [] : [`${word} → ${slip} → ${PAPER_WORDS[taken]}`]
    }),
  )
  expect(confused).toEqual([])
})

// Papers printed with these words must open for as long as they lie in a safe.
test.each([
  ['00000000000000000000000000000000', FIRST],
  ['ffffffffffffffffffffffffffffffff', LAST],
  ['00112233445566778899aabbccddeeff', STEPS],
  ['7a1b90d2c4e85f06133b8dfe2276a9c1', OTHER],
])('the words of %s never change', (hex, words) => {
  const bytes = Uint8Array.from(Buffer.from(hex, 'hex'))
  expect(wordsOf(bytes).join(' ')).toBe(words)
  expect(bytesOf(words)).toEqual({ bytes, words: words.split(' '), mended: [] })
})

test('any key is read back from its words, printed and shortened', () => {
  for (const bytes of fc.sample(anyKey, { numRuns: 300, seed: 17 })) {
    const words = wordsOf(bytes)
    const short = words.map((word) => word.slice(0, 4))
    expect(bytesOf(words.join(' '))).toEqual({ bytes, words, mended: [] })
    expect(bytesOf(short.join(' '))).toEqual({ bytes, words, mended: [] })
  }
})

test.each([15, 17, 0])('%i bytes are no key', (length) => {
  expect(() => wordsOf(new Uint8Array(length))).toThrow(RangeError)
})

test('one slip in a word is mended and told, or refused at its place; never another key', () => {
  const tried = fc.sample(fc.tuple(anyKey, anyPlace, fc.nat()), { numRuns: 400, seed: 17 })
  for (const [bytes, at, which] of tried) {
    const words = wordsOf(bytes)
    const word = words[at] ?? ''
    const slip = slips(word)[which % slips(word).length] ?? ''
    const read = bytesOf(words.with(at, slip).join(' '))
    const mended = slip.length >= 4 && word.startsWith(slip) ? [] : [{ at: at + 1, typed: slip, taken: word }]
    if (isRead(read)) expect(read).toEqual({ bytes, words, mended })
    else expect(read).toMatchObject({ refused: 'paper-word-unknown', at: at + 1, typed: slip })
  }
})

test('nineteen slips of twenty are mended', () => {
  const tried = fc
    .sample(fc.tuple(fc.constantFrom(...PAPER_WORDS), fc.nat()), { numRuns: 2000, seed: 17 })
    .map(([word, which]) => [word, slips(word)[which % slips(word).length] ?? ''] as const)
  const lost = tried.filter(([, slip]) => numberOf(slip) === null && oneSlipFrom(slip).length !== 1)
  expect(lost.length).toBeLessThan(tried.length / 20)
})

/** How many of these texts are taken for a key. */
const passing = (texts: string[]) => texts.filter((text) => isRead(bytesOf(text))).length

test('two words swapped, or one exchanged for another, pass no more often than four bits let them', () => {
  const tried = fc.sample(fc.tuple(anyKey, anyPlace, anyPlace, fc.constantFrom(...PAPER_WORDS)), {
    numRuns: 2000,
    seed: 17,
  })
  const swapped = tried.flatMap(([bytes, one, other]) => {
    const words = wordsOf(bytes)
    const [first, second] = [words[one] ?? '', words[other] ?? '']
    return first === second ? [] : [words.with(one, second).with(other, first).join(' ')]
  })
  const exchanged = tried.flatMap(([bytes, at, , word]) => {
    const words = wordsOf(bytes)
    return words[at] === word ? [] : [words.with(at, word).join(' ')]
  })
  expect(passing(swapped) / swapped.length).toBeLessThan(1 / 12)
  expect(passing(exchanged) / exchanged.length).toBeLessThan(1 / 12)
  expect(bytesOf(STEPS.split(' ').reverse().join(' '))).toEqual({ refused: 'paper-words-disagree' })
})

const lines = (words: string) => words.split(' ').map((word, n) => `${n + 1}. ${word}`)
const numberedOf = (words: string) => lines(words).join(' ')
const numbered = lines(STEPS)
const twoColumns = numbered.slice(0, 6).flatMap((left, n) => [left, numbered[n + 6] ?? ''])

test.each([
  ['capitals', STEPS.toUpperCase()],
  ['numbers before words', numbered.join(' ')],
  ['numbers that touch the words', numbered.join('\n').replaceAll('. ', '.')],
  ['numbers in brackets', numbered.join('\n').replaceAll('. ', ') ')],
  ['numbers with their sign', numbered.map((line) => `№ ${line}`).join(', ')],
  [
    'numbers in circles',
    STEPS.split(' ')
      .map((word, n) => `${String.fromCodePoint(0x2460 + n)} ${word}`)
      .join(' '),
  ],
  ['commas without spaces', STEPS.replaceAll(' ', ',')],
  ['dashes', STEPS.replaceAll(' ', ' — ')],
  ['bullets and lines', `• ${STEPS.replaceAll(' ', '\r\n• ')}`],
  ['several spaces, tabs, a line at the end', `\t${STEPS.replaceAll(' ', '   ')}\n`],
  ['spaces that do not break', STEPS.replaceAll(' ', '\u00a0')],
  ['quotes', `«${STEPS}»`],
  ['look-alike Latin letters', STEPS.replaceAll('о', 'o').replaceAll('а', 'a').replaceAll('с', 'c')],
  ['й of two signs', STEPS.normalize('NFD')],
  ['soft hyphens', STEPS.replaceAll('о', 'о\u00ad')],
  ['two columns copied row by row', twoColumns.join(' ')],
  [
    'a heading and a date of the paper',
    `Ключ от резервных копий, 30.11.2026\n${numbered.join('\n')}\nХраните в сейфе`,
  ],
])('the same key is read from %s', (_, text) => {
  expect(bytesOf(text)).toEqual(bytesOf(STEPS))
})

test('«ё» may be typed for «е»', () => {
  expect(wordsIn(bytesOf(OTHER.replaceAll('е', 'ё')))).toEqual(OTHER.split(' '))
})

test.each([
  ['the Latin layout', inOtherLayouts(OTHER)[1]],
  ['the Latin layout with numbers', numberedOf(inOtherLayouts(OTHER)[1] ?? '')],
  ['the Latin layout with the caps lock on', inOtherLayouts(OTHER)[1]?.toUpperCase()],
  ['the Latin layout with commas', inOtherLayouts(OTHER)[1]?.replaceAll(' ', ', ')],
  ['Latin letters as in passports', inLatin(OTHER)],
  [
    'Latin letters by sound',
    'neft figurist drob ochevidec otblesk optimist kashtan molbert yajco broshyura resheto opisanie',
  ],
  [
    'Latin letters by sound, commas only',
    'neft,figurist,drob,ochevidec,otblesk,optimist,kashtan,molbert,yajco,broshyura,resheto,opisanie',
  ],
  ['a layout changed half way', `${inOtherLayouts(OTHER.slice(0, 30))[1]}${OTHER.slice(30)}`],
])('the same key is read from %s', (_, text) => {
  expect(wordsIn(bytesOf(text ?? ''))).toEqual(OTHER.split(' '))
})

test('words from «б», «ж», «х», «ъ», «э», «ю» are read from the Latin layout too', () => {
  const typed = PAPER_WORDS.filter((word) => /[бжхъэю]/.test(word))
  for (let n = 0; n + 12 <= typed.length; n += 12) {
    const words = typed.slice(n, n + 12)
    const keys = inOtherLayouts(words.join(' '))[1] ?? ''
    const read = bytesOf(keys)
    expect(isRead(read) ? read.words : read).toEqual(
      isRead(read) ? words : { refused: 'paper-words-disagree' },
    )
  }
})

const missing = (n: number) => OTHER.split(' ').toSpliced(n, 1).join(' ')

test.each([
  ['Наберите двенадцать слов с бумаги', ''],
  ['Наберите двенадцать слов с бумаги', ' 1. 2. 3. '],
  ['набрано 11. Похоже, слово пропущено', missing(4)],
  ['набрано 13. Похоже, слово набрано дважды', `${OTHER} описание`],
  ['набрано 11', OTHER.replace('отблеск оптимист', 'отблескоптимист')],
  ['набрано 13', OTHER.replace('брошюра', 'брош юра')],
  ['набрано 1.', 'x'.repeat(2000)],
  ['Слово 3: «лесоруб» в ключах не встречается. Посмотрите', OTHER.replace('дробь', 'лесоруб')],
  [
    'Слово 8: «мольбертами» в ключах не встречается. Похоже на «мольберт».',
    OTHER.replace('мольберт', 'мольбертами'),
  ],
  ['Слово 12: «абож» в ключах не встречается. Похоже на «', OTHER.replace('описание', 'абож')],
  ['Слово 1: «nitxx»', inLatin(OTHER).replace('neft', 'nitxx')],
  ['Все слова знакомы, но вместе не сходятся', OTHER.replace('нефть фигурист', 'фигурист нефть')],
  ['Все слова знакомы, но вместе не сходятся', 'ящик '.repeat(12)],
])('is told: %s', (told, text) => {
  const read = bytesOf(text)
  expect(isRead(read) ? read : paperRefusalText(read)).toContain(told)
})

test('what was mended is told with both words', () => {
  const read = bytesOf(OTHER.replace('каштан', 'коштан'))
  expect(isRead(read) && read.mended.map(mendedText)).toEqual([
    'Слово 7: набрано «коштан», прочитано как «каштан».',
  ])
})

test.each([
  ['лошадка', 'лшоадка'],
  ['лошадка', 'лошадак'],
  ['офорт', 'офрт'],
  ['лошадка', 'лошшадка'],
  ['лошадка', 'лошадкам'],
  ['лошадка', 'лашадка'],
  ['лошадка', 'лoшaдкu'],
  ['лошадка', 'лош4дка'],
  ['вышивка', 'вышы'],
  ['ящерица', 'ящреица'],
  ['ящерица', '9щерица'],
])('«%s» is read from «%s», and told', (word, typed) => {
  const read = bytesOf(STEPS.replace(word, typed))
  expect(wordsIn(read)).toEqual(STEPS.split(' '))
  expect(isRead(read) && read.mended.map(({ taken }) => taken)).toEqual([word])
})

test('no text makes the reading fail', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...PAPER_WORDS, ' ', '1.', '№', "[jkv'c"),
  )
  const texts = fc.tuple(fc.array(piece, { maxLength: 14 }), fc.constantFrom(' ', ''))
  for (const [pieces, between] of fc.sample(texts, { numRuns: 300, seed: 17 })) {
    const read = bytesOf(pieces.join(between))
    if (!isRead(read)) expect(paperRefusalText(read)).toMatch(/[.]$/)
  }
})
