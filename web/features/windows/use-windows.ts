import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { CloseWindow, EntryWindow, EntryWindows, OpenedWindow, OpenWindow } from '#contract/windows.ts'
import { call } from '#web/api.ts'
import { newId } from '#web/identifiers.ts'

const queryKey = ['entry-windows']

export const useWindows = () =>
  useQuery({ queryKey, queryFn: ({ signal }) => call<EntryWindows>('GET', '/api/entry-windows', { signal }) })

/** Opens a window; the id stays the same while the same form is sent again. */
export function useOpenWindow() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ window, operationId }: { window: OpenWindow; operationId: string }) =>
      call<OpenedWindow>('POST', '/api/entry-windows', { body: window, operationId }),
    onSuccess: () => cache.invalidateQueries({ queryKey }),
  })
}

export function useCloseWindow() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ id, version }: EntryWindow) => {
      const body: CloseWindow = { closed: true, version }
      return call<OpenedWindow>('PUT', `/api/entry-windows/${id}`, { body, operationId: newId() })
    },
    onSettled: () => cache.invalidateQueries({ queryKey }),
  })
}
