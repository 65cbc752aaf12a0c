/** A Russian number as «+7XXXXXXXXXX», others as «+…»; null when the digits do not make a number. */
export function phoneOf(text: string): string | null {
  if (/[^\d\s()+\-–.]/.test(text)) return null
  const digits = text.replace(/\D/g, '')
  if (digits.length === 10) return `+7${digits}`
  if (digits.length === 11 && /^[78]/.test(digits)) return `+7${digits.slice(1)}`
  return text.trim().startsWith('+') && digits.length >= 11 && digits.length <= 15 ? `+${digits}` : null
}

/** An address in lower case; null when it has not the shape of one. */
export function emailOf(text: string): string | null {
  const plain = text.toLowerCase()
  return plain.length <= 254 && /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$/.test(plain) ? plain : null
}
