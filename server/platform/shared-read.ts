/**
 * One reading for all who ask while it goes on, given up after `ms` for each of them: what hangs on a share that is
 * away must not take a connection for every time it is asked. `late` makes the error.
 */
export function sharedRead<T>(read: () => Promise<T>, ms: number, late: () => Error): () => Promise<T> {
  let reading: { answer: Promise<T>; over: Promise<never> } | null = null
  return () => {
    if (!reading) {
      const answer = read()
      let timer: NodeJS.Timeout | undefined
      const over = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(late()), ms).unref()
      })
      // Whoever asks hears it; nobody may be left to.
      over.catch(() => undefined)
      const begun = { answer, over }
      reading = begun
      const end = () => {
        clearTimeout(timer)
        if (reading === begun) reading = null
      }
      answer.then(end, end)
    }
    return Promise.race([reading.answer, reading.over])
  }
}
