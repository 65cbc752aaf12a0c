import { PAPER_WORDS } from './paper-word-list.words.ts'

/** How many bytes a key on paper stands for: 128 bits, out of reach of any guessing. */
export const PAPER_BYTES = 16

/** How many words are printed: 12 × 11 bits are the 128 of the key and 4 that check them. */
export const PAPER_LENGTH = 12

const WORD_BITS = 11

/** The twelve words that stand for these 16 bytes, in order. Throws a `RangeError` at any other number of bytes. */
export function wordsOf(bytes: Uint8Array): string[] {
  if (bytes.length !== PAPER_BYTES) throw new RangeError(`a key on paper has ${PAPER_BYTES} bytes`)
  const bits = [...bytes].map((byte) => binary(byte, 8)).join('') + binary(checksum(bytes), 4)
  return Array.from({ length: PAPER_LENGTH }, (_, n) => {
    const word = PAPER_WORDS[Number.parseInt(bits.slice(n * WORD_BITS, (n + 1) * WORD_BITS), 2)]
    return word ?? ''
  })
}

/** The 16 bytes that twelve numbers of words stand for; null when they do not belong together in this order. */
export function bytesOfNumbers(numbers: readonly number[]): Uint8Array | null {
  const bits = numbers.map((number) => binary(number, WORD_BITS)).join('')
  const bytes = Uint8Array.from({ length: PAPER_BYTES }, (_, n) =>
    Number.parseInt(bits.slice(n * 8, (n + 1) * 8), 2),
  )
  return binary(checksum(bytes), 4) === bits.slice(PAPER_BYTES * 8) ? bytes : null
}

const binary = (number: number, width: number): string => number.toString(2).padStart(width, '0')

// CRC-4 of ITU G.704 (x⁴ + x + 1). A cryptographic sum would add nothing, since whoever has the words has the key, and
// would bring a package, or a browser's waiting, into a rule that must answer at each letter typed. Its order is 15:
// two different words never pass swapped because of the places they stand at.
const POLYNOMIAL = 0b10011

function checksum(bytes: Uint8Array): number {
  let rest = 0
  for (const bit of `${[...bytes].map((byte) => binary(byte, 8)).join('')}0000`) {
    rest = (rest << 1) | Number(bit)
    if (rest > 0b1111) rest ^= POLYNOMIAL
  }
  return rest
}
