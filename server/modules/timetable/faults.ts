/** What a file can be wrong about; the words are in `faults.words.ts`. */
export type FileFaultCode =
  | 'xml-broken'
  | 'too-big'
  | 'too-deep'
  | 'other-format'
  | 'nothing-to-place'
  | 'element-missing'
  | 'value-missing'
  | 'value-unknown'
  | 'number-invalid'
  | 'number-out-of-range'
  | 'list-empty'
  | 'list-too-long'
  | 'name-repeated'
  | 'name-unknown'
  | 'longer-than-day'
  | 'sum-differs'
  | 'mask-invalid'
  | 'encoding-unknown'
  | 'encoding-broken'

/** What sort of thing a name was to be the name of. */
export type NamedThing =
  | 'activity'
  | 'building'
  | 'day'
  | 'event'
  | 'lesson'
  | 'period'
  | 'resource'
  | 'room'
  | 'students'
  | 'subject'
  | 'tag'
  | 'teacher'
  | 'time'

/**
 * One thing wrong in one place of a file of any format. `line` counts from 1 and is null when the fault concerns the
 * whole file; `value` is what stands there; `hint` holds what the sentence needs besides it.
 */
export type FileFault = {
  readonly file: string
  readonly line: number | null
  readonly code: FileFaultCode
  readonly value: string | null
  readonly hint: FaultHint
}

/** `element`: of which element; `thing`: name of what; `least`, `most`: bounds; `why`: what a parser says. */
export type FaultHint = {
  readonly element?: string
  readonly thing?: NamedThing
  readonly least?: number
  readonly most?: number
  readonly why?: string
}

/** Something of a file that the composing does not know: its type in the file's own words, how often, on which lines. */
export type Unsupported = { readonly type: string; readonly count: number; readonly lines: readonly number[] }

const MAX_FAULTS = 200
const MAX_SHOWN_CHARS = 80

/** Collects what is wrong with one file and what of it is not supported; readers go on after a fault. */
export class FileReport {
  readonly faults: FileFault[] = []
  private readonly lines = new Map<string, number[]>()
  readonly file: string

  constructor(file: string) {
    this.file = file
  }

  /** Notes a fault; after many of them the rest is of no use to anybody. */
  fault(line: number | null, code: FileFaultCode, value: string | null = null, hint: FaultHint = {}): void {
    if (this.faults.length < MAX_FAULTS) this.faults.push(fileFault(this.file, line, code, value, hint))
  }

  unsupported(type: string, line: number): void {
    const lines = this.lines.get(type)
    if (lines) lines.push(line)
    else this.lines.set(type, [line])
  }

  /** What was not supported, the commonest first. */
  get notSupported(): Unsupported[] {
    return [...this.lines]
      .map(([type, lines]) => ({ type, count: lines.length, lines }))
      .sort((a, b) => b.count - a.count || (a.type < b.type ? -1 : 1))
  }
}

/** A fault with its value made fit to be shown. */
export function fileFault(
  file: string,
  line: number | null,
  code: FileFaultCode,
  value: string | null = null,
  hint: FaultHint = {},
): FileFault {
  return { file, line, code, value: value === null ? null : shorten(value), hint }
}

function shorten(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}]/gu, ' ')
  return plain.length > MAX_SHOWN_CHARS ? `${plain.slice(0, MAX_SHOWN_CHARS)}…` : plain
}
