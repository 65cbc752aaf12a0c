// Checks who may import whom (dependency-cruiser.cjs). dependency-cruiser needs the programming interface
// that TypeScript 7 no longer has and, without it, reads 0 modules and calls that a success. So
// `typescript` is answered by `typescript6` in this process, and a count below the floor is a failure.
import { existsSync } from 'node:fs'
import Module, { createRequire, register } from 'node:module'

const floor = 10
const roots = ['domain', 'contract', 'server', 'web', 'cli', 'test', 'bench'].filter((root) =>
  existsSync(root),
)

const answered = (name) =>
  name === 'typescript' || name.startsWith('typescript/') ? name.replace('typescript', 'typescript6') : name
const resolveFilename = Module._resolveFilename
Module._resolveFilename = (name, ...rest) => resolveFilename(answered(name), ...rest)
const hook = `export const resolve = (name, context, next) =>
  next(name === 'typescript' ? 'typescript6' : name, context)`
register(`data:text/javascript,${encodeURIComponent(hook)}`)

const { cruise } = await import('dependency-cruiser')
const { options, ...ruleSet } = createRequire(import.meta.url)('../dependency-cruiser.cjs')
const { output } = await cruise(roots, { ...options, ruleSet, validate: true })
const { violations, totalCruised } = output.summary

for (const { rule, from, to } of violations) console.log(`${rule.name}: ${from} → ${to}`)
if (totalCruised < floor) console.log(`only ${totalCruised} modules were read: nothing was checked`)
else console.log(`${totalCruised} modules read, ${violations.length} imports out of bounds`)
process.exitCode = violations.length > 0 || totalCruised < floor ? 1 : 0
