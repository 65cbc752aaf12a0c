import type { Figure } from './requests.ts'

const bound = ({ atMost, atLeast }: Figure): string => {
  if (atMost !== undefined) return `≤ ${atMost}`
  return atLeast === undefined ? '' : `≥ ${atLeast}`
}
const holds = ({
  value,
  atMost = Number.POSITIVE_INFINITY,
  atLeast = Number.NEGATIVE_INFINITY,
}: Figure): boolean => value <= atMost && value >= atLeast
const round = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2))

/** The figures as a table for a terminal. */
export function printTable(figures: readonly Figure[]): string {
  const lines = figures.map((figure) => [
    figure.name,
    round(figure.value),
    figure.unit,
    bound(figure),
    holds(figure) ? 'yes' : 'NO',
  ])
  const all = [['figure', 'value', 'unit', 'bound', 'holds'], ...lines]
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((line) => (line[column] ?? '').length)))
  return all.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n')
}
