// Spaces of every kind, and marks that nobody sees and programs put in when text is copied.
const SPACES = /[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+/gu
const UNSEEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/gu

/** A login as it is kept and looked for, however it was typed or copied: composed, without spaces, in lower case. */
export const normalLogin = (text: string): string =>
  text.normalize('NFKC').replaceAll(UNSEEN, '').replaceAll(SPACES, ' ').trim().toLowerCase()

/**
 * A password as it is hashed: one way of writing each letter («й» as one sign or as two), plain spaces, none at either
 * end. Done wherever a password enters, or one typed on another device would be another password.
 */
export const normalPassword = (text: string): string =>
  text.normalize('NFC').replaceAll(UNSEEN, '').replaceAll(SPACES, ' ').trim()
