import { EXTENSION, extensionText, PHONE_WORD } from './contacts.words.ts'

// Longer texts hold several numbers or none; what parts an extension from its number goes over them many times.
const LONGEST_PHONE = 100

/**
 * A telephone number in the form it is kept in: «+7XXXXXXXXXX» for a Russian one however it was written, «+…» for
 * others, with «доб. N» after it; `null` when the digits make no number. Dots, brackets, any dashes and any spaces
 * do not matter.
 */
export function phoneOf(text: string): string | null {
  // The compatible form turns the hard spaces and hyphens of word processors into plain ones.
  const whole = text.normalize('NFKC').trim().toLowerCase()
  if (whole.length > LONGEST_PHONE) return null
  const plain = whole.replace(PHONE_WORD, '')
  const parted = EXTENSION.exec(plain)
  const number = numberOf(parted?.[1] ?? plain)
  if (number === null || parted === null) return number
  return `${number}${extensionText(parted[2] ?? '')}`
}

function numberOf(text: string): string | null {
  if (!/^\+?[\d\s()./\p{Pd}−\u200b\u00ad]+$/u.test(text)) return null
  const digits = text.replace(/\D/g, '')
  if (digits.length === 10 && !text.startsWith('+')) return `+7${digits}`
  if (digits.length === 11 && /^[78]/.test(digits)) return `+7${digits.slice(1)}`
  return text.startsWith('+') && digits.length >= 9 && digits.length <= 15 ? `+${digits}` : null
}

/** «+7 916 123-45-67»: a kept number as it is read; any other text stays as it is. */
export function phoneText(phone: string): string {
  return phone.replace(/^\+7(\d{3})(\d{3})(\d{2})(\d{2})(?!\d)/, '+7 $1 $2-$3-$4')
}

const LOCAL = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u
const DOMAIN =
  /^(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?\.)+(?:\p{L}[\p{L}\p{M}]+|xn--[a-z0-9-]+)$/u

/**
 * A mail address in lower case, in any alphabet («мама@почта.рф»); `null` when it has not the shape of one, or when
 * one part of it mixes Latin and Cyrillic letters, which nobody's address does.
 */
export function emailOf(text: string): string | null {
  const plain = text.normalize('NFC').trim().toLowerCase()
  const [local = '', domain = '', ...more] = plain.split('@')
  if (more.length > 0 || plain.length > 254 || local.length > 64) return null
  if (!LOCAL.test(local) || !DOMAIN.test(domain)) return null
  const parts = [...local.split(/[._-]/), ...domain.split('.')]
  return parts.some((part) => /\p{Script=Latin}/u.test(part) && /\p{Script=Cyrillic}/u.test(part))
    ? null
    : plain
}
