import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import type { Gradebook, PackedGradebook, SavedCell } from '#contract/gradebook.ts'
import { unpackCells } from '#domain/marks/packed-cells.ts'
import { announce, voice } from '#web/announce.ts'
import { call } from '#web/api.ts'
import { listen } from '#web/live.ts'
import { outbox, type ReadPage, readPage } from '#web/outbox.ts'
import { GridActions } from './grid-actions.ts'
import { gridModel, type Range } from './model/grid-model.ts'
import { GridView } from './model/grid-view.ts'
import { JournalStore } from './model/journal-store.ts'

/** The journal's page from the server. */
export function useGradebook(journalId: string) {
  return useQuery({
    queryKey: ['gradebook', journalId],
    // An older page would bring older versions, and what is typed over them would be refused as a conflict.
    staleTime: 0,
    gcTime: 0,
    queryFn: ({ signal }) =>
      readPage(async (): Promise<Gradebook> => {
        const page = await call<PackedGradebook>('GET', `/api/journals/${journalId}`, { signal })
        return { ...page, ...unpackCells(page) }
      }),
  })
}

/** The records of one journal, kept true by this person's own writes and everybody else's. */
export function useJournalStore(gradebook: ReadPage<Gradebook>, refetch: () => void): JournalStore {
  const journalId = gradebook.journal.id
  const first = useRef(gradebook)
  // biome-ignore lint/correctness/useExhaustiveDependencies: one store per journal; newer pages are taken in below
  const store = useMemo(() => new JournalStore(first.current, outbox, voice), [journalId])
  useEffect(() => store.take(gradebook), [store, gradebook])
  // The page may not know of cells that were saved while it was on its way.
  useEffect(() => outbox.onOutcome((outcome) => store.settle(outcome), first.current.settledBefore), [store])
  useEffect(
    () =>
      listen('cells', {
        onEvent: (data) => {
          const news = data as { journalId: string; cells: SavedCell[] | null }
          if (news.journalId !== journalId) return
          // A large change comes without its values.
          if (news.cells) store.takeLive(news.cells)
          else refetch()
        },
        onReturn: refetch,
      }),
    [store, journalId, refetch],
  )
  return store
}

/** What is on the screen of it: rebuilt when lessons or children change, with the cursor where it was. */
export function useGridActions(gradebook: Gradebook, range: Range, store: JournalStore): GridActions {
  const before = useRef<GridActions | null>(null)
  const { journal, lessons, students, codes, scale, today } = gradebook
  // biome-ignore lint/correctness/useExhaustiveDependencies: marks and attendance live in the store
  return useMemo(() => {
    const view = new GridView(gridModel(gradebook, range), store, before.current?.view)
    before.current = new GridActions(view, announce, before.current)
    return before.current
  }, [journal, lessons, students, codes, scale, today, range, store])
}
