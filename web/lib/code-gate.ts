import { createStore } from './store.ts'

/** True while an operation waits for the code of the second factor. */
export const codeNeeded = createStore(false)

type Waiting = { go: () => void; giveUp: () => void }
let waiting: Waiting[] = []

function settle(how: keyof Waiting): void {
  const settled = waiting
  waiting = []
  codeNeeded.set(false)
  for (const one of settled) one[how]()
}

/** Opens the dialog for the code over whatever is on the screen; whether the code was given. */
export function waitForCode(): Promise<boolean> {
  codeNeeded.set(true)
  return new Promise((resolve) => waiting.push({ go: () => resolve(true), giveUp: () => resolve(false) }))
}

/** What waited for the code goes on. */
export const codeGiven = (): void => settle('go')

/** What waited for the code is not done, and says so. */
export const codeNotGiven = (): void => settle('giveUp')
