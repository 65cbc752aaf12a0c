import { attributeOf, type Row, type Tables } from './rows.ts'

/** When a card is held: each week of the round with each term, by number. */
export type Times = ReadonlySet<number>

/** The round of weeks and the terms of an export, and when its rows are held. */
export type AscWeeks = {
  readonly timesOf: (row: Row) => Times
  readonly isAlways: (times: Times) => boolean
}

/** Weeks of a round, and terms: each with each is a time of its own. */
const MOST = 60

const ATTRIBUTES = ['weeks', 'terms'] as const

/** What a row says of its weeks or terms, `''` when it says all: masks of another length or sort mean nothing here. */
export function someOf(row: Row, attribute: (typeof ATTRIBUTES)[number]): string {
  const mask = attributeOf(row, attribute)
  return /0/.test(mask) ? mask : ''
}

/** The round is as long as the longest mask of the file: two weeks, three, or every week of the year. */
export function readWeeks(tables: Tables): AscWeeks {
  const rows = [
    ...tables.rows('weeksdefs', 'weeksdef'),
    ...tables.rows('termsdefs', 'termsdef'),
    ...tables.rows('lessons', 'lesson'),
    ...tables.rows('cards', 'card'),
  ]
  const longest = (attribute: 'weeks' | 'terms'): number => {
    let most = 1
    for (const row of rows)
      for (const { length } of attributeOf(row, attribute).split(',')) {
        if (length <= MOST) most = Math.max(most, length)
        else
          tables.report.fault(row.line, 'list-too-long', String(length), { element: attribute, most: MOST })
      }
    return most
  }
  const [weeks, terms] = [longest('weeks'), longest('terms')]
  const always = new Set(Array.from({ length: weeks * terms }, (_, index) => index))
  return {
    timesOf: (row) => {
      const [ofWeeks, ofTerms] = [someOf(row, 'weeks'), someOf(row, 'terms')]
      if (ofWeeks === '' && ofTerms === '') return always
      const held = (mask: string, at: number): boolean => mask === '' || mask[at] === '1'
      return new Set(
        [...always].filter((at) => held(ofWeeks, Math.floor(at / terms)) && held(ofTerms, at % terms)),
      )
    },
    isAlways: (times) => times.size === always.size,
  }
}

/** Whether there is a week in which both are held. */
export function meet(one: Times, other: Times): boolean {
  for (const at of one) if (other.has(at)) return true
  return false
}
