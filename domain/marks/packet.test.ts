import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PACKET_LIMITS, packetsOf } from './packet.ts'

test('whatever is written at once goes out whole, in order, in packets the server takes', () => {
  const cell = fc.record({ lessonId: fc.integer({ min: 0, max: 300 }).map(String) })
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 5000, size: 'max' }), (cells) => {
      const packets = packetsOf(cells)
      expect(packets.flat()).toEqual(cells)
      for (const packet of packets) {
        expect(packet.length).toBeLessThanOrEqual(PACKET_LIMITS.cells)
        expect(new Set(packet.map(({ lessonId }) => lessonId)).size).toBeLessThanOrEqual(
          PACKET_LIMITS.lessons,
        )
      }
    }),
    { numRuns: 30 },
  )
})

test('what fits into one packet is one packet', () => {
  const cells = Array.from({ length: PACKET_LIMITS.cells }, (_, n) => ({
    lessonId: `${n % PACKET_LIMITS.lessons}`,
  }))
  expect(packetsOf(cells)).toHaveLength(1)
  expect(packetsOf([...cells, { lessonId: '0' }])).toHaveLength(2)
  expect(packetsOf([])).toEqual([])
})
