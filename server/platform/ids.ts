import { randomBytes, randomUUID } from 'node:crypto'

/** A UUIDv7: sorts by the moment it was made, so that indexes grow at one end. */
export function newId(now: number = Date.now()): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now, 0, 6)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** A secret of 256 bits for links and sessions. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** A short number a person can quote when something failed. */
export const incidentNumber = (): string => randomUUID().slice(0, 8)
