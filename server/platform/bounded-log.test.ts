import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { boundedLog } from './bounded-log.ts'
import { logFailure } from './failure-log.ts'

function kept() {
  const lines: string[] = []
  const stream = boundedLog({ write: (line) => void lines.push(line) })
  const { log } = Fastify({ logger: { level: 'info', base: null, stream } })
  return { lines, log }
}

test.each(['x', 'ы', '"', '\\', '\u0000', '🦩', '\n'])(
  'a line of many «%s» is cut to its bound and stays one line',
  (sign) => {
    const { lines, log } = kept()
    for (const length of [10, 1_000, 4_000, 100_000]) log.warn({ about: sign.repeat(length) }, 'said')
    for (const line of lines) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(4096)
      expect(line.trimEnd()).not.toContain('\n')
      expect(JSON.parse(line)).toMatchObject({ level: 40, time: expect.any(Number) })
    }
    expect(lines).toHaveLength(4)
  },
)

test('a flood of one failure is noted ten times, and others beside it still are', () => {
  const { lines, log } = kept()
  const of = (kind: string) => ({ kind, code: '', constraint: '', at: [`at ${kind}`] })
  for (let n = 0; n < 5_000; n++) logFailure(log, String(n), of('Flood'))
  logFailure(log, 'other', of('Other'))
  expect(lines).toHaveLength(11)
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ incident: 'other', kind: 'Other' })
})
