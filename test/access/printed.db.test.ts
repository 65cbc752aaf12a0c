import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from '#platform/root.ts'
import { operationWords } from '../../scripts/access-matrix.words.ts'
import { accessMatrix } from '../../scripts/access-matrix-text.ts'
import { operations } from '../../server/operations.ts'

test('the printed matrix says what is declared', () => {
  const printed = readFileSync(join(projectRoot, 'docs', 'access-matrix.md'), 'utf8')
  expect(printed, 'npm run generate').toBe(accessMatrix(operations))
})

test('no words are kept for an operation that is gone', () => {
  const ids = operations.map(({ id }) => id)
  expect(Object.keys(operationWords).filter((id) => !ids.includes(id))).toEqual([])
})
