import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { MomentLesson, MomentLine, TakeBack, TakenBack } from '#contract/moments.ts'
import { packetsOf } from '#domain/marks/packet.ts'
import { call } from '#web/api.ts'
import { sentenceOf } from '#web/query-client.ts'

export const MOMENT_PAGES = ['moment-page']

/** Lines that are ticked, by their keys. */
export type Picked = { keys: ReadonlySet<string>; set: (keys: readonly string[], on: boolean) => void }

export const keyOf = ({ lesson }: Pick<MomentLesson, 'lesson'>, line: MomentLine): string =>
  [lesson.id, line.part, line.studentId, line.workId].join(' ')

export function usePicked(): Picked {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set())
  return useMemo(
    () => ({
      keys,
      set: (some, on) =>
        setKeys((before) => {
          const next = new Set(before)
          for (const key of some) {
            if (on) next.add(key)
            else next.delete(key)
          }
          return next
        }),
    }),
    [keys],
  )
}

type Line = MomentLine & { key: string; lessonId: string; journalId: string }

/** The lines that are ticked and may be taken back. */
export const pickedLines = (lessons: readonly MomentLesson[], { keys }: Pick<Picked, 'keys'>): Line[] =>
  lessons.flatMap((of) =>
    of.lines
      .map((line) => ({
        ...line,
        key: keyOf(of, line),
        lessonId: of.lesson.id,
        journalId: of.lesson.journalId,
      }))
      .filter(({ key, takeable }) => takeable && keys.has(key)),
  )

type Request = { body: TakeBack; lines: Line[] }

/** Each part of a lesson, and the cells of each journal, is an intention of its own. */
function requestsOf(lines: readonly Line[], wanted: { at: string; reason: string }): Request[] {
  const parts = lines.flatMap((line): Request[] => {
    if (line.part !== 'topic' && line.part !== 'homework') return []
    const kind = line.part === 'topic' ? 'record' : 'homework'
    return [{ body: { kind, ...wanted, lessonId: line.lessonId, version: line.version }, lines: [line] }]
  })
  const cells = lines.filter(({ part }) => part === 'attendance' || part === 'mark')
  const journals = [...new Set(cells.map(({ journalId }) => journalId))]
  const packets = journals.flatMap((journalId) =>
    packetsOf(cells.filter((line) => line.journalId === journalId)).map(
      (packet): Request => ({
        body: { kind: 'cells', ...wanted, journalId, cells: packet.map(cellOf) },
        lines: packet,
      }),
    ),
  )
  return [...parts, ...packets]
}

const cellOf = ({ lessonId, studentId, workId, version }: Line) => ({
  lessonId,
  studentId: studentId ?? '',
  ...(workId && { workId }),
  version,
})

/** What became of it: lines written, lines that wait for a decision, and why others were refused. */
export type Outcome = { written: number; referred: number; refused: string[] }

/** Takes the ticked lines back, part by part; what was refused stays ticked. */
export function useTakeBack(at: string, lessons: readonly MomentLesson[], picked: Picked) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async (reason: string): Promise<Outcome> => {
      const outcome: Outcome = { written: 0, referred: 0, refused: [] }
      for (const { body, lines } of requestsOf(pickedLines(lessons, picked), { at, reason })) {
        try {
          const answer = await call<TakenBack>('POST', '/api/moment/taken-back', { body })
          outcome[answer.outcome] += lines.length
          picked.set(
            lines.map(({ key }) => key),
            false,
          )
        } catch (error) {
          outcome.refused.push(sentenceOf(error))
        }
      }
      return { ...outcome, refused: [...new Set(outcome.refused)] }
    },
    onSettled: () => cache.invalidateQueries({ queryKey: MOMENT_PAGES }),
  })
}
