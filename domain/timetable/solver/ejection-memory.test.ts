import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { smallProblem } from '#test/timetable/small-problem.ts'
import { compileProblem } from './compile/compile.ts'
import { EjectionMemory } from './ejection-memory.ts'

const tables = compileProblem(smallProblem([{ teachers: [0] }, { teachers: [0] }], []), {})

type Event = { readonly card: number; readonly slot: number | null }
const events: fc.Arbitrary<Event[]> = fc.array(
  fc.record({ card: fc.nat(tables.cards - 1), slot: fc.option(fc.nat(tables.slots - 1)) }),
  { maxLength: 200 },
)

function remembering(happened: readonly Event[]): EjectionMemory {
  const memory = new EjectionMemory(tables)
  for (const { card, slot } of happened)
    if (slot === null) memory.isHard(card)
    else memory.hasLeft(card, slot)
  return memory
}

/** What speaks against throwing out each card, and against each slot, in events of now. */
function inEvents({ weight, left, unit }: EjectionMemory) {
  return { weight: [...weight].map((one) => one / unit), left: [...left].map((one) => one / unit) }
}

describe('what ejection remembers', () => {
  it('makes a card dear that was hard to place, and a slot dear that it was driven from, and no others', () => {
    const { weight, left } = inEvents(
      remembering([
        { card: 1, slot: null },
        { card: 0, slot: 2 },
      ]),
    )
    expect(weight).toEqual([0, 1])
    expect(left.flatMap((dear, at) => (dear > 0 ? [at] : []))).toEqual([2])
  })

  it('counts half after forty more cards each were hard to place', () => {
    const memory = remembering([{ card: 0, slot: null }])
    for (let more = 0; more < 40 * tables.cards; more++) memory.isHard(1)
    expect(inEvents(memory).weight[0]).toBeCloseTo(0.5, 6)
  })

  it('keeps all proportions however long it runs', () => {
    const memory = remembering([{ card: 0, slot: 3 }])
    let greatest = 0
    for (let more = 0; more < 31 * 40 * tables.cards; more++) {
      memory.isHard(1)
      greatest = Math.max(greatest, memory.unit)
    }
    expect(greatest).toBeLessThanOrEqual(1e9)
    expect(memory.unit).toBeLessThan(10)
    expect(inEvents(memory).left[3]).toBeCloseTo(2 ** -31, 15)
    expect(inEvents(memory).weight[1]).toBeCloseTo(1 / (1 - 2 ** (-1 / (40 * tables.cards))), 3)
  })

  it('is the same after it was saved and read again', () => {
    fc.assert(
      fc.property(events, events, (before, after) => {
        const memory = remembering(before)
        const read = remembering(after)
        read.load(JSON.parse(JSON.stringify(memory.save())))
        expect(read).toEqual(memory)
      }),
    )
  })

  it('forgets everything when placing begins anew', () => {
    fc.assert(
      fc.property(events, (happened) => {
        const memory = remembering(happened)
        memory.clear()
        expect(memory).toEqual(new EjectionMemory(tables))
      }),
    )
  })
})
