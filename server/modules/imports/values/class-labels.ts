import { CLASS_SET_LETTER, CLASS_WORD, LATIN_LOOKALIKES } from './terms.words.ts'
import { fold } from './text.ts'

/** A class as schools write it: «5А», «10–11», «2–3 К». */
export type ClassLabel = { key: string; label: string; grades: number[]; letter: string | null }

/** Reads a class label; null when the text is none, as «сборная» or «Всего» are not. */
export function classLabel(text: string): ClassLabel | null {
  const plain = fold(text).replace(CLASS_WORD, '').replace(/["']/g, '').replace(/\s+/g, ' ').trim()
  const found = /^(\d{1,2})(?:\s?-\s?(\d{1,2}))?\s?-?\s?(\p{L})?$/u.exec(plain)
  if (found === null) return null
  const from = Number(found[1])
  const to = found[2] === undefined ? from : Number(found[2])
  if (from < 1 || to > 12 || to < from) return null
  const letter = cyrillic(found[3])
  return { key: keyOf(from, to, letter), label: labelOf(from, to, letter), grades: range(from, to), letter }
}

/** Grades named in a text such as «2–11 классы», «1 класс» or «5, 7»; null when it names none. */
export function gradeRange(text: string): number[] | null {
  const found = /(\d{1,2})(?:\s?-\s?(\d{1,2}))?/.exec(fold(text))
  if (found === null) return null
  const from = Number(found[1])
  const to = found[2] === undefined ? from : Number(found[2])
  return from < 1 || to > 12 || to < from ? null : range(from, to)
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

function cyrillic(letter: string | undefined): string | null {
  if (letter === undefined) return null
  const upper = letter.toUpperCase()
  return LATIN_LOOKALIKES[upper] ?? upper
}

function keyOf(from: number, to: number, letter: string | null): string {
  return `${from === to ? from : `${from}-${to}`}${letter === null ? '' : letter.toLowerCase()}`
}

// A set of grades taught together carries its letter apart: «2–3 К».
function labelOf(from: number, to: number, letter: string | null): string {
  const grades = from === to ? String(from) : `${from}–${to}`
  if (letter === null) return grades
  return letter === CLASS_SET_LETTER && from !== to ? `${grades} ${letter}` : `${grades}${letter}`
}
