/** «2-й заезд»: how an intake is called on screens. */
export const intakeName = (number: number): string => `${number}-й заезд`

/** The innermost quoted part of an official name, «Сосновый берег», or the whole when nothing is quoted. */
export const shortNameOf = (name: string): string =>
  (/«([^«»]+)»[^«]*$/.exec(name)?.[1] ?? name).slice(0, 120)

/** What a relative is called when the sheet does not say. */
export const KINSHIP_WORDS: Record<string, string> = {
  mother: 'мать',
  father: 'отец',
  guardian: 'опекун',
  relative: 'родственник',
  other: 'законный представитель',
}
