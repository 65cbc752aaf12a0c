// What `npm test`, `npm run check` and `npm run ci` are made of. Each runner answers { passed, failed }.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBrowser } from './browser.mjs'
import { buildPages } from './build-pages.mjs'
import { lacking } from './lacking.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Whether something is missing without which nothing works; says what. */
export function refuseLacking() {
  const lack = lacking(root)
  if (lack) {
    console.error(lack)
    process.exitCode = 1
  }
  return lack !== null
}

export const add = (...results) =>
  results.reduce(
    (sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }),
    {
      passed: 0,
      failed: 0,
    },
  )

/** Prints the closing line and sets the exit code. */
export function close({ passed, failed }) {
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
}

const checks = {
  types: ['node_modules/typescript/bin/tsc', '-p', '.'],
  style: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
  boundaries: ['scripts/boundaries.mjs'],
  'house rules': ['scripts/house-rules.mjs'],
}

/** Types, style, boundaries and house rules, side by side: seconds, and every failure shown. */
export async function check() {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, args]) => ({ name, ...(await node(args)) })),
  )
  for (const { name, code, output } of results) {
    console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name}`)
    if (code !== 0 || name === 'boundaries') console.log(output.trimEnd())
  }
  const failed = results.filter(({ code }) => code !== 0).length
  return { passed: results.length - failed, failed }
}

/** Whether the generated files are those of the schema. */
export async function generated() {
  const { code, output } = await node(['scripts/run.mjs', '--entry', 'scripts/generate-tables.ts', '--check'])
  console.log(output.trimEnd())
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/** Rules, components and everything on PostgreSQL; with words, only what they name. */
export async function vitest(args = []) {
  return counted(async (report) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const { code } = await node(['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...args], 'inherit')
    const { numPassedTests: passed, numFailedTests: failed } = read(report) ?? {
      numPassedTests: 0,
      numFailedTests: 0,
    }
    // A file that does not load and an error outside a test count too.
    return { passed, failed: code !== 0 && failed === 0 ? 1 : failed }
  })
}

/** The journeys in a real browser. */
export async function journeys(args = []) {
  if (!hasJourneys()) return { passed: 0, failed: 0 }
  if (!ensureBrowser()) return { passed: 0, failed: 1 }
  await buildPages(root)
  return counted(async (report) => {
    const { code } = await node(
      ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json', ...args],
      'inherit',
      { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    )
    const {
      expected: passed,
      unexpected,
      flaky,
    } = read(report)?.stats ?? { expected: 0, unexpected: 0, flaky: 0 }
    const failed = unexpected + flaky
    return { passed, failed: code !== 0 && failed === 0 ? 1 : failed }
  })
}

/** Test files whose path contains the word: `unit` those of Vitest, `browser` the journeys. */
export function filesNamed(word) {
  const folders = ['domain', 'contract', 'server', 'web', 'cli', 'bench', 'test'].map((name) =>
    join(root, name),
  )
  const names = folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, name)))
    .map((path) => path.slice(root.length + 1))
    .filter((path) => path.includes(word))
  return {
    unit: names.filter((path) => /\.test\.tsx?$/.test(path)),
    browser: names.filter((path) => /\.e2e\.ts$/.test(path)),
  }
}

function hasJourneys() {
  return filesNamed('').browser.length > 0
}

function node(args, output = 'pipe', environment = {}) {
  return new Promise((resolve) => {
    const stdio = ['ignore', output, output]
    const child = spawn(process.execPath, args, { cwd: root, stdio, env: { ...process.env, ...environment } })
    let text = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => {
        text += chunk
      })
    child.on('close', (code) => resolve({ code, output: text }))
  })
}

async function counted(run) {
  const folder = mkdtempSync(join(tmpdir(), 'zhuravl-report-'))
  try {
    return await run(join(folder, 'report.json'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function read(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null
}
