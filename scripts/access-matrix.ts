// Writes docs/access-matrix.md from the declared operations; with --check only tells whether it is current.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '#platform/root.ts'
import { operations } from '#server/operations.ts'
import { accessMatrix } from './access-matrix-text.ts'

const file = join(projectRoot, 'docs', 'access-matrix.md')
const text = accessMatrix(operations)
const current = existsSync(file) && readFileSync(file, 'utf8') === text
const checking = process.argv.includes('--check')
if (!checking) writeFileSync(file, text)
if (checking && !current) process.exitCode = 1
if (current) console.log('access-matrix.md is current')
else
  console.log(
    checking
      ? 'access-matrix.md differs from the operations: npm run generate'
      : 'access-matrix.md written anew',
  )
