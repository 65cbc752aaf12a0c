/** What a student earned («отметка»); judging itself («оценивание») has no type. */
export const MARK_VALUES = ['2', '3', '4', '5'] as const
export type MarkValue = (typeof MARK_VALUES)[number]

/** Whether what was typed is a mark of the school's five-point scale. */
export function isMarkValue(value: string): value is MarkValue {
  return (MARK_VALUES as readonly string[]).includes(value)
}
