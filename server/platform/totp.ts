import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'

const PERIOD_S = 30
// A phone's clock half a minute off is common; more lets an overheard code live too long (RFC 6238, 5.2 and 6).
const STEPS_OFF = 1
const SECRET_BYTES = 20

const totpOf = (secret: string, digits = 6) =>
  new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits, period: PERIOD_S })

/** A new secret in base32, as long as RFC 4226 recommends. */
export const newTotpSecret = (): string =>
  new Secret({ buffer: new Uint8Array(randomBytes(SECRET_BYTES)).buffer }).base32

/** The code of this moment (RFC 6238: SHA-1, 30 seconds). */
export const totpCode = (secret: string, now: Date, digits?: number): string =>
  totpOf(secret, digits).generate({ timestamp: now.getTime() })

/** The time step this code belongs to, the one before or the one after included; null when it is none of them. */
export function totpStep(secret: string, code: string, now: Date): number | null {
  const off = totpOf(secret).validate({ token: code, timestamp: now.getTime(), window: STEPS_OFF })
  return off === null ? null : Math.floor(now.getTime() / 1000 / PERIOD_S) + off
}

/** What an app on a phone reads from the square picture. */
export const totpAddress = (secret: string, { issuer, label }: { issuer: string; label: string }): string =>
  new TOTP({ secret: Secret.fromBase32(secret), issuer, label, period: PERIOD_S }).toString()
