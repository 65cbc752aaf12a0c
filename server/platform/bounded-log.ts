const LINE_BYTES = 4096

export type LogTo = { write: (line: string) => void }

/** The log with a bound on each line, whatever was put into it: a longer one keeps its beginning and says its size. */
export function boundedLog(to: LogTo): LogTo {
  return {
    write: (line) => {
      const bytes = Buffer.byteLength(line)
      to.write(bytes <= LINE_BYTES ? line : shortened(line, bytes))
    },
  }
}

function shortened(line: string, bytes: number): string {
  const { level, time } = headOf(line)
  const room = LINE_BYTES - 256
  // A letter cut in the middle, and a quote that must be escaped, may each take more room than they had.
  const cut = Buffer.from(line)
    .subarray(0, room / 2)
    .toString('utf8')
    .replace(/\uFFFD$/, '')
  return `${JSON.stringify({ level, time, bytes, cut })}\n`
}

/** What every line begins with; the line itself may be too long to be worth parsing. */
function headOf(line: string): { level: number; time: number } {
  const [, level, time] = /^\{"level":(\d+),"time":(\d+)/.exec(line) ?? []
  return { level: Number(level ?? 50), time: Number(time ?? 0) }
}
