/** The parts of a person's name; some people have no patronymic. */
export type FullName = { lastName: string; firstName: string; middleName: string | null }

/** The whole name, family name first: «Иванов Пётр Сергеевич». */
export function fullName({ lastName, firstName, middleName }: FullName): string {
  return [lastName, firstName, middleName].filter(Boolean).join(' ')
}

/** Family name with initials: «Иванов П. С.». */
export function shortName({ lastName, firstName, middleName }: FullName): string {
  const initials = [firstName, middleName].filter(Boolean).map((part) => `${String(part).charAt(0)}.`)
  return [lastName, ...initials].join(' ')
}
