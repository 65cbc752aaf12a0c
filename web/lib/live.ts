type Handlers = {
  /** Data of one event, already read from JSON. */
  onEvent: (data: unknown) => void
  /** The stream was broken and is back: events may have been missed. */
  onReturn: () => void
}

const AGAIN_AFTER_MS = 5_000

/** Listens to what other people change, until the returned function is called. */
export function listen(event: string, { onEvent, onReturn }: Handlers): () => void {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let wasOpen = false

  const open = () => {
    source = new EventSource('/api/events')
    source.addEventListener(event, (message) => onEvent(JSON.parse(message.data)))
    source.onopen = () => {
      if (wasOpen) onReturn()
      wasOpen = true
    }
    source.onerror = () => {
      // The browser reopens by itself after a broken line, but never after an answer such as 401.
      if (source?.readyState !== EventSource.CLOSED) return
      timer = setTimeout(open, AGAIN_AFTER_MS)
    }
  }

  open()
  return () => {
    clearTimeout(timer)
    source?.close()
  }
}
