import { useMutation, useQueryClient } from '@tanstack/react-query'
import { toast } from '#web/announce.ts'
import { call } from '#web/api.ts'

/** Adds one setting of a list (no id) or changes it, and shows the list anew. */
export function useSetting<Body extends object>(path: string, onDone: () => void) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ id, body }: { id: string | null; body: Body }) =>
      id ? call('PUT', `${path}/${id}`, { body }) : call('POST', path, { body }),
    onSuccess: async () => {
      toast('Настройки сохранены')
      onDone()
      await cache.invalidateQueries()
    },
    // Somebody was faster: the list shows what stands there now, the dialog what was typed.
    onError: () => cache.invalidateQueries({ queryKey: ['settings'] }),
  })
}
