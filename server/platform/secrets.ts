import { createHash, createHmac } from 'node:crypto'

/** What is kept of a token instead of the token; tokens are random, so a plain hash is enough. */
export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

/** A working day of staff and then some; sensitive actions do not rest on it alone. */
export const SESSION_LIFE_S = 12 * 60 * 60

/** A hash that only whoever holds the key can make or check. */
export const hmac = (key: string, text: string): Buffer => createHmac('sha256', key).update(text).digest()
