import { createStore } from './store.ts'

/** True while the session has ended and the page waits for its owner to sign in on the spot. */
export const signInNeeded = createStore(false)

let waiting: (() => void)[] = []

/** Opens the sign-in dialog over whatever is on the screen; settles once the same person is back. */
export function waitForSignIn(): Promise<void> {
  signInNeeded.set(true)
  return new Promise((resolve) => waiting.push(resolve))
}

export function signedInAgain() {
  const resumed = waiting
  waiting = []
  signInNeeded.set(false)
  for (const resume of resumed) resume()
}
