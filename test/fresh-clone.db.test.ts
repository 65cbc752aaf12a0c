import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectRoot } from '#platform/root.ts'

/**
 * The commands of README's table with the smallest arguments that do something, in an order in which nothing prepares
 * the next. `until` ends those that serve.
 */
const SMALLEST: Record<string, { args: string[]; until?: string; says?: RegExp }> = {
  'npm run bench': { args: ['--', '--only', 'costs', '--small'], says: /journal grid/ },
  'npm run import -- <folder>': {
    args: ['demo/first-intake', '--dry-run', '--accept-questions'],
    says: /Проба/,
  },
  'npm run demo': { args: [], until: 'Журавль открыт' },
  'npm start': { args: [], until: 'Журавль открыт' },
  'npm test -- <word>': { args: ['domain/people/login.test'], says: /\d+ passed, 0 failed/ },
  'npm run generate': { args: [] },
  'npm run timetable -- solve <file> --seconds N --out <folder>': { args: ['help'], says: /solve/ },
  'npm run bench:timetable': { args: ['--', '--only', 'files', '--examples', 'demo'], says: /figure/ },
  'npm run rescue': { args: [], says: /npm run rescue -- password/ },
  'npm run check': { args: [], says: /4 passed, 0 failed/ },
}

const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8')
const commands = [...readme.matchAll(/^\| `(npm [^`]+)` \|/gm)].map(([, command]) => command ?? '')

let clone = ''
beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'zhuravl-clone-'))
  const { stdout } = spawnSync('git', ['ls-files', '-z'], { cwd: projectRoot, encoding: 'utf8' })
  for (const name of stdout.split('\0').filter((name) => name && existsSync(join(projectRoot, name)))) {
    mkdirSync(dirname(join(clone, name)), { recursive: true })
    copyFileSync(join(projectRoot, name), join(clone, name))
  }
})
afterAll(() => rmSync(clone, { recursive: true, force: true, maxRetries: 20 }))

function begin(command: string, args: string[]): { child: ChildProcess; output: () => string } {
  const [, ...words] = command.replace(/ --? .*$/, '').split(' ')
  const more = args.length > 0 && args[0] !== '--' ? ['--', ...args] : args
  const child = spawn('npm', [...words, ...more], {
    cwd: clone,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    // What vitest set for itself is not what somebody's terminal has.
    env: {
      ...Object.fromEntries(
        Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV|TEST$|DATABASE_URL$)/.test(name)),
      ),
      PORT: '0',
      DATA_DIR: join(clone, 'data', words.join('-')),
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      output += chunk
    })
  return { child, output: () => output }
}

async function run(
  command: string,
  args: string[],
  until?: string,
): Promise<{ code: number | null; output: string }> {
  const { child, output } = begin(command, args)
  const ended = once(child, 'exit')
  for (let told = false; child.exitCode === null && child.signalCode === null; ) {
    if (until && !told && output().includes(until)) {
      told = true
      process.kill(-(child.pid ?? 0), 'SIGTERM')
    }
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 100))])
  }
  return { code: child.exitCode, output: output() }
}

const STACK = /^\s+at .+:\d+:\d+\)?$/m

test('every command of the README is tried here', () => {
  expect(commands.length).toBeGreaterThan(5)
  expect(commands.toSorted()).toEqual(Object.keys(SMALLEST).toSorted())
})

test('without its packages a clone says what it lacks', { timeout: 400_000 }, async () => {
  for (const command of [
    'npm start',
    'npm run demo',
    'npm run bench',
    'npm run check',
    'npm test -- <word>',
  ]) {
    const { code, output } = await run(command, ['x'])
    expect([command, code]).toEqual([command, 1])
    expect(output).toContain('Выполните: npm ci')
    expect(output).not.toMatch(STACK)
  }
})

test.each(Object.entries(SMALLEST))(
  '%s works in a fresh clone',
  { timeout: 400_000 },
  async (command, { args, until, says }) => {
    if (!existsSync(join(clone, 'node_modules')))
      symlinkSync(join(projectRoot, 'node_modules'), join(clone, 'node_modules'))
    rmSync(join(clone, 'dist'), { recursive: true, force: true })
    const { code, output } = await run(command, args, until)
    expect(output).not.toMatch(STACK)
    if (says) expect(output).toMatch(says)
    if (until) expect(output).toContain(until)
    else expect([code, output.slice(-2000)]).toEqual([0, expect.any(String)])
  },
)
