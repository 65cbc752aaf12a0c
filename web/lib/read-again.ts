import type { UseQueryResult } from '@tanstack/react-query'
import { useEffect } from 'react'
import { outbox, type ReadPage } from './outbox.ts'
import type { Outcome } from './outbox-queue.ts'

type Query<Page> = Pick<UseQueryResult<ReadPage<Page>>, 'data' | 'refetch'>

/**
 * Reads a page anew when an operation that concerns it has been settled since it was asked for, also while it was on its
 * way: a first reading that is under way cannot be asked for again. `concerns` is the same function each time.
 */
export function useReadAgain<Page>({ data, refetch }: Query<Page>, concerns: (outcome: Outcome) => boolean) {
  useEffect(() => {
    if (!data) return
    let asked = false
    // A page left long ago hears of many at once, and is read once.
    const ask = () => {
      asked = false
      void refetch()
    }
    return outbox.onOutcome((outcome) => {
      if (asked || !concerns(outcome)) return
      asked = true
      queueMicrotask(ask)
    }, data.settledBefore)
  }, [data, refetch, concerns])
}
