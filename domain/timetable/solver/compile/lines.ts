import type { Tables } from '../tables.ts'
import type { Draft, LineDraft } from './draft.ts'
import { layRows } from './rows.ts'

type LineTables = Pick<
  Tables,
  | 'lines'
  | 'clash'
  | 'lineShare'
  | 'useFrom'
  | 'useLine'
  | 'useLength'
  | 'useActivity'
  | 'open'
  | 'lineTotal'
  | 'ruleFrom'
  | 'ruleKind'
  | 'ruleWeight'
  | 'ruleA'
  | 'ruleB'
  | 'lists'
  | 'ruled'
>

/** Lays out lines with their rules; people whose weeks and rules are the same become one line. */
export function layLines(draft: Draft, cardOf: Int32Array, cards: number, placeable: Uint8Array): LineTables {
  const { lines, share } = distinctLines(draft)
  const uses: number[][] = Array.from({ length: cards }, () => [])
  const usedBy: number[][] = Array.from({ length: cards }, () => [])
  const lineTotal = new Int32Array(lines.length)
  lines.forEach((line, index) => {
    for (const activity of line.uses) {
      const card = cardOf[activity] ?? 0
      const length = draft.lengths[activity] ?? 1
      uses[card]?.push(index)
      usedBy[card]?.push(activity)
      if (placeable[card]) lineTotal[index] = (lineTotal[index] ?? 0) + length
    }
  })
  const use = layRows(uses)
  const used = usedBy.flat()
  const rules = lines.flatMap((line) => line.rules)
  let count = 0
  const ruleFrom = Int32Array.from([0, ...lines.map((line) => (count += line.rules.length))])
  return {
    lines: lines.length,
    clash: Uint8Array.from(lines, ({ clash }) => Number(clash)),
    lineShare: Int32Array.from(share),
    useFrom: use.from,
    useLine: Int32Array.from(use.flat),
    useLength: Uint8Array.from(used, (activity) => draft.lengths[activity] ?? 1),
    useActivity: Int32Array.from(used),
    open: openHours(draft, lines),
    lineTotal,
    ruleFrom,
    ruleKind: Uint8Array.from(rules, ({ kind }) => kind),
    ruleWeight: Float64Array.from(rules, ({ weight }) => weight),
    ruleA: Int32Array.from(rules, ({ a }) => a),
    ruleB: Int32Array.from(rules, ({ b }) => b),
    lists: Int32Array.from(draft.lists),
    ruled: Uint8Array.from(lines, (line) => Number(line.rules.length > 0)),
  }
}

function distinctLines(draft: Draft): { lines: LineDraft[]; share: number[] } {
  const known = new Map<string, number>()
  const lines: LineDraft[] = []
  const share: number[] = []
  for (const line of draft.lines) {
    // A week without activities still breaks «at least so many hours, empty days too».
    if (line.uses.length === 0 && line.rules.length === 0) continue
    if (line.uses.length < 2 && line.rules.length === 0) continue
    const away = draft.lineAway[line.parent]
    const rules = line.rules.map(({ kind, weight, a, b }) => `${kind} ${weight} ${a} ${b}`).sort()
    const same = `${line.clash} ${line.uses.join()} ${rules.join()} ${away?.join('') ?? ''}`
    const index = known.get(same)
    if (index === undefined) {
      known.set(same, lines.length)
      lines.push(line)
      share.push(1)
    } else share[index] = (share[index] ?? 1) + 1
  }
  return { lines, share }
}

function openHours(draft: Draft, lines: readonly LineDraft[]): Int32Array {
  const { days, periods } = draft
  const open = new Int32Array(lines.length * days)
  lines.forEach(({ parent }, line) => {
    const away = draft.lineAway[parent]
    for (let slot = 0; slot < days * periods; slot++) {
      if (draft.paused[slot] || away?.[slot]) continue
      const at = line * days + Math.floor(slot / periods)
      open[at] = (open[at] ?? 0) | (1 << (slot % periods))
    }
  })
  return open
}
