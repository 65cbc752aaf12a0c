/** What a finished lesson must have for its record to stand (4.3): its topic and the attendance. */
export type LessonPart = 'topic' | 'attendance'

/** What a lesson still lacks; homework may rightly be none, so it is not among it. */
export function missingParts(filled: { topic: boolean; attendance: boolean }): LessonPart[] {
  const parts: LessonPart[] = ['topic', 'attendance']
  return parts.filter((part) => !filled[part])
}
