import { createStore } from './store.ts'

/** Whether the browser believes in a network; requests are tried all the same. */
export const online = createStore(navigator.onLine)

addEventListener('online', () => online.set(true))
addEventListener('offline', () => online.set(false))
