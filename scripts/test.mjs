// npm test                 the whole of CI: checks, generated files, rules, database, browser journeys last
// npm test -- <word> …     what the word names: a part of a file's path, else of a test's name
// npm run e2e -- <word>    the browser journeys alone
import { add, check, close, filesNamed, generated, journeys, refuseLacking, vitest } from './runners.mjs'

const [first, ...rest] = process.argv.slice(2)

/** Nothing is skipped because something before it failed. */
async function everything() {
  const results = []
  for (const run of [check, generated, vitest, journeys]) results.push(await run())
  return add(...results)
}

async function named(word, others) {
  const { unit, browser } = filesNamed(word)
  if (unit.length > 0) return vitest([word, ...others])
  if (browser.length > 0) return journeys([word, ...others])
  return vitest(['--testNamePattern', word, ...others])
}

if (refuseLacking()) close({ passed: 0, failed: 1 })
else if (first === '--e2e') close(await journeys(rest))
else if (first) close(await named(first, rest))
else close(await everything())
