import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** Seals what the database may hold and its copy alone must not tell (AES-256-GCM under the server's key). */
export type Vault = {
  /** `of` says whose it is: sealed for one account it opens for no other. */
  seal: (text: string, of: string) => Buffer
  /** Null when the key is another, or it was sealed for somebody else, or changed. */
  open: (sealed: Buffer, of: string) => string | null
}

export const KEY_BYTES = 32
const [IV, TAG] = [12, 16]

/** A vault under this key of 32 bytes, asked for when something is first sealed or opened. */
export function createVault(ask: () => Buffer): Vault {
  let asked: Buffer | null = null
  const key = () => {
    asked ??= ask()
    return asked
  }
  return {
    seal: (text, of) => {
      const iv = randomBytes(IV)
      const cipher = createCipheriv('aes-256-gcm', key(), iv).setAAD(Buffer.from(of))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), sealed])
    },
    open: (sealed, of) => {
      const mine = key()
      try {
        const decipher = createDecipheriv('aes-256-gcm', mine, sealed.subarray(0, IV), { authTagLength: TAG })
        decipher.setAAD(Buffer.from(of)).setAuthTag(sealed.subarray(IV, IV + TAG))
        return decipher.update(sealed.subarray(IV + TAG), undefined, 'utf8') + decipher.final('utf8')
      } catch {
        return null
      }
    },
  }
}

/** A vault that lasts as long as the process: for servers that keep nothing, as in tests. */
export const passingVault = (): Vault => createVault(() => randomBytes(KEY_BYTES))
