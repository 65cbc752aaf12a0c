// npm test                 everything, the browser journeys last
// npm test -- <word> …     what the word names: a part of a file's path, else of a test's name
// npm run e2e -- <word>    the browser journeys alone
import { add, close, filesNamed, journeys, vitest } from './runners.mjs'

const [first, ...rest] = process.argv.slice(2)

async function named(word, others) {
  const { unit, browser } = filesNamed(word)
  if (unit.length > 0) return vitest([word, ...others])
  if (browser.length > 0) return journeys([word, ...others])
  return vitest(['--testNamePattern', word, ...others])
}

if (first === '--e2e') close(await journeys(rest))
else if (first) close(await named(first, rest))
else close(add(await vitest(), await journeys()))
