/** The letter that people leave out. */
export const YO = /ё/i

/** A name with a birth date behind it: «Кочетов Николай, 12.04.2019 г. р.». */
export const NAME_WITH_BIRTH = /^(.*?)(?<![\s,(])[\s,(]*(\d{1,2}\.\d{1,2}\.\d{4})(?:\s?г\.?(?:\s?р\.?)?)?\)?$/
