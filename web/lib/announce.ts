import { createStore } from './store.ts'

export type Remark = { id: number; sentence: string; passing: boolean }

/** Who says what happened; a model is given one and knows nothing of the page. */
export type Voice = { announce: (sentence: string) => void; mention: (sentence: string) => void }

// A screen reader first ends what it is saying, and a refusal is often heard behind several other things.
const LINGER_MS = 10_000

/** What the page's single polite live region says, oldest first. */
export const remarks = createStore<readonly Remark[]>([])

let count = 0

/** Says a sentence that nothing said after it takes away; said again, it sounds again. */
export function announce(sentence: string) {
  say(
    sentence,
    remarks.get().filter((one) => one.sentence !== sentence),
    false,
  )
}

/** Says what matters only until something newer happens: «5, сохранено». */
export function mention(sentence: string) {
  say(
    sentence,
    remarks.get().filter(({ passing }) => !passing),
    true,
  )
}

export const voice: Voice = { announce, mention }

export const toasts = createStore<string | null>(null)

/** Says a sentence and also shows it for a while at the foot of the screen. */
export function toast(message: string) {
  toasts.set(message)
  announce(message)
}

function say(sentence: string, kept: readonly Remark[], passing: boolean) {
  count += 1
  const id = count
  remarks.set([...kept, { id, sentence, passing }])
  setTimeout(() => remarks.set(remarks.get().filter((one) => one.id !== id)), LINGER_MS)
}
