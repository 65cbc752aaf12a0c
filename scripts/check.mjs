// Types, style, boundaries and house rules, side by side: seconds, and every failure shown.
import { spawn } from 'node:child_process'

const checks = {
  types: ['node_modules/typescript/bin/tsc', '-p', '.'],
  style: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
  boundaries: ['scripts/boundaries.mjs'],
  'house rules': ['scripts/house-rules.mjs'],
}

function run(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.on('close', (code) => resolve({ code, output }))
  })
}

const results = await Promise.all(
  Object.entries(checks).map(async ([name, args]) => ({ name, ...(await run(args)) })),
)
for (const { name, code, output } of results) {
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name}`)
  if (code !== 0 || name === 'boundaries') console.log(output.trimEnd())
}
const failed = results.filter(({ code }) => code !== 0).length
console.log(`${results.length - failed} passed, ${failed} failed`)
process.exitCode = failed ? 1 : 0
