/**
 * Patterns that find two successive words of a key wherever they stand, however they are parted. One word alone says
 * nothing: «журнал» is a word of the list too.
 */
export const successive = (words: readonly string[]): string[] =>
  words.slice(1).map((word, n) => `${words[n]}[^а-яё]+${word}`)
