import { createStore } from './store.ts'

/** What the page's single polite live region says; `turn` makes a repeated sentence sound again. */
export const announcements = createStore({ message: '', turn: 0 })

export function announce(message: string) {
  announcements.set({ message, turn: announcements.get().turn + 1 })
}

export const toasts = createStore<string | null>(null)

/** Says a sentence and also shows it for a while at the foot of the screen. */
export function toast(message: string) {
  toasts.set(message)
  announce(message)
}
