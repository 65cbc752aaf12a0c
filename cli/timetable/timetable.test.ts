import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { costOf } from '#domain/timetable/constraints/cost.ts'
import { readAsc, readFet, readIntake } from '#modules/timetable/index.ts'
import { pathOf } from './options.ts'
import { readPlaced } from './placed-file.ts'

const ROOT = join(import.meta.dirname, '../..')
const SMALL = join(ROOT, 'test/timetable/files/small.fet')
const INTAKE = join(ROOT, 'demo/first-intake')
let own = ''

beforeAll(() => {
  own = mkdtempSync(join(tmpdir(), 'zhuravl-timetable-'))
})
afterAll(() => rmSync(own, { recursive: true }))

type Run = { code: number | null; out: string; err: string; last: Record<string, unknown> }

// As npm starts it: a process of its own with threads of its own.
function run(args: (string | number)[], { stopAt = '' } = {}): Promise<Run> {
  const child = spawn(
    process.execPath,
    ['scripts/run.mjs', '--entry', 'cli/timetable/main.ts', ...args.map(String)],
    { cwd: ROOT, env: { ...process.env, INIT_CWD: own } },
  )
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk) => {
    const already = out.includes(stopAt)
    out += chunk
    if (!already && out.includes(stopAt)) child.kill('SIGINT')
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  return new Promise((resolve) => {
    child.on('close', (code) => {
      const line = out.trim().split('\n').at(-1) ?? ''
      resolve({ code, out, err, last: line.startsWith('{') ? JSON.parse(line) : {} })
    })
  })
}

// Starting Node and the threads takes a second, several on a busy machine.
const PATIENT = { timeout: 120_000 }

test('a file of FET is composed, and its figures are the last line', PATIENT, async () => {
  const { code, last } = await run(['solve', SMALL, '--steps', 20_000, '--threads', 1, '--out', 'small'])
  expect(code).toBe(0)
  expect(Object.keys(last)).toEqual([
    ...['placed', 'total', 'violations', 'hard', 'softCost', 'secondsToComplete', 'memoryMb', 'unsupported'],
  ])
  expect(last).toMatchObject({ hard: 0, unsupported: [] })
  expect(last.placed).toBe(last.total)
  expect(readdirSync(join(own, 'small')).sort()).toEqual([
    ...['broken.txt', 'search.json', 'small.fet', 'timetable.json'],
  ])
  // The file that was written, read again, has the timetable as conditions: its only solution keeps all others.
  const { problem } = readFet(readFileSync(join(own, 'small/small.fet'), 'utf8'), 'small.fet')
  if (!problem) throw new Error('the written file cannot be read')
  const placed = await readPlaced(problem, join(own, 'small/timetable.json'))
  expect(costOf(problem, placed)).toMatchObject({ hard: 0, unplaced: 0, soft: last.softCost })
})

test(
  'one thread, the same seed and steps give the same timetable, stopped and resumed or not',
  PATIENT,
  async () => {
    const steps = (count: number, out: string, ...more: string[]) =>
      run(['solve', INTAKE, '--steps', count, '--seed', 7, '--threads', 1, '--out', out, ...more])
    await steps(60_000, 'once')
    await steps(60_000, 'again')
    await steps(20_000, 'half')
    await steps(40_000, 'rest', '--resume', 'half/search.json')
    const text = (folder: string) => readFileSync(join(own, folder, 'timetable.json'), 'utf8')
    expect(text('again')).toBe(text('once'))
    expect(text('rest')).toBe(text('once'))
  },
)

test('told to stop, two threads keep what they have, and go on from there', PATIENT, async () => {
  const solve = ['solve', INTAKE, '--threads', 2, '--out', 'stopped']
  const stopped = await run([...solve, '--seconds', 3600], { stopAt: 'Составляю' })
  expect(stopped.last).toMatchObject({ total: 358, placed: expect.any(Number) })
  expect(stopped.code).toBe(stopped.last.placed === 358 ? 0 : 1)
  expect(readdirSync(join(own, 'stopped')).sort()).toEqual([
    ...['broken.txt', 'search.json', 'timetable.json', 'Расписание.xlsx'],
  ])
  const { code, last } = await run([...solve, '--steps', 150_000, '--resume', 'stopped/search.json'])
  expect(code).toBe(0)
  expect(last).toMatchObject({ placed: 358, hard: 0 })
})

test('a search that cannot be gone on with is refused, and nothing is written', PATIENT, async () => {
  await run(['solve', SMALL, '--steps', 200, '--threads', 1, '--out', 'saved'])
  const saved = JSON.parse(readFileSync(join(own, 'saved/search.json'), 'utf8'))
  const older = saved.map((one: object) => ({ ...one, version: 1 }))
  writeFileSync(join(own, 'older.json'), JSON.stringify(older))
  writeFileSync(join(own, 'other.json'), '[{"cards": []}]')
  for (const [task, file, wrong] of [
    [SMALL, 'older.json', /older\.json: поиск прерван в другой версии программы.*--from/],
    [SMALL, 'other.json', /other\.json: это не прерванный поиск/],
    [INTAKE, 'saved/search.json', /search\.json: это поиск по другим данным.*--from/],
  ] as const) {
    const { code, err } = await run(['solve', task, '--steps', 10, '--out', 'nothing', '--resume', file])
    expect(code).toBe(2)
    expect(err).toMatch(wrong)
  }
  expect(readdirSync(own)).not.toContain('nothing')
})

test('locked cards stay, and at most so many others move', PATIENT, async () => {
  const { intake } = await readIntake([INTAKE])
  if (!intake) throw new Error('the intake cannot be read')
  const { problem } = intake
  const id = problem.activities[5]?.id ?? ''
  await run(['solve', INTAKE, '--steps', 40_000, '--threads', 1, '--out', 'first'])
  const from = ['--from', 'first/timetable.json', '--lock', id, '--max-moves', '3']
  await run(['solve', INTAKE, '--steps', 30_000, '--threads', 1, '--out', 'moved', ...from])
  const before = await readPlaced(problem, join(own, 'first/timetable.json'))
  const after = await readPlaced(problem, join(own, 'moved/timetable.json'))
  const moved = before.start.reduce(
    (sum, _, index) => sum + Number(before.start[index] !== after.start[index]),
    0,
  )
  expect(moved).toBeLessThanOrEqual(3)
  expect(after.start[5]).toBe(before.start[5])
})

test(
  'what aSc has locked stays in its slot and room, in whatever encoding it was exported',
  PATIENT,
  async () => {
    const asc = readFileSync(join(ROOT, 'test/timetable/files/small-asc.xml'), 'utf8')
    writeFileSync(join(own, 'asc.xml'), Buffer.from(`\ufeff${asc}`, 'utf16le'))
    const { problem, given, locked } = readAsc(readFileSync(join(own, 'asc.xml')), 'asc.xml')
    if (!problem || !given) throw new Error('the export cannot be read')
    expect(locked).toHaveLength(1)
    for (const seed of [1, 2, 3]) {
      await run(['solve', 'asc.xml', '--steps', 5000, '--threads', 1, '--seed', seed, '--out', `asc${seed}`])
      const composed = await readPlaced(problem, join(own, `asc${seed}/timetable.json`))
      for (const card of locked) {
        expect(composed.start[card]).toBe(given.start[card])
        expect(composed.room[card]).toBe(given.room[card])
      }
    }
  },
)

test('cards locked apart that must start together stay, and it is said which and why', PATIENT, async () => {
  await run(['solve', SMALL, '--steps', 20_000, '--threads', 1, '--out', 'apart'])
  const ids = ['3', '4'].map((id) => `<Activity_Id>${id}</Activity_Id>`).join('')
  const asked = `<ConstraintActivitiesSameStartingTime><Weight_Percentage>100</Weight_Percentage>${ids}</ConstraintActivitiesSameStartingTime>`
  const end = '</Time_Constraints_List>'
  writeFileSync(join(own, 'together.fet'), readFileSync(SMALL, 'utf8').replace(end, asked + end))
  const solve = ['solve', 'together.fet', '--steps', 5000, '--threads', 1, '--out', 'locked']
  const { code, out } = await run([...solve, '--from', 'apart/timetable.json', '--lock', '3,4'])
  expect(code).toBe(1)
  expect(out).toMatch(/\(№ 3\) и .*\(№ 4\) должны начинаться одновременно, а общего времени у них нет/)
  expect(out).toContain('но закреплённые нарушают условия')
  const text = (folder: string) => readFileSync(join(own, folder, 'timetable.json'), 'utf8')
  const starts = (folder: string) => JSON.parse(text(folder))
  expect(starts('locked')).toEqual(starts('apart'))
})

test('the given timetable of the intake is checked against conditions and norms', PATIENT, async () => {
  const { out, last } = await run(['check', INTAKE])
  const parts = [
    'Нарушено (нарушать нельзя)',
    'Нарушено (очень важно)',
    'Нарушено (мало важно)',
    'Отступления от норм',
  ]
  const places = parts.map((part) => out.indexOf(part))
  expect(places).toEqual([...places].sort((a, b) => a - b))
  expect(places).not.toContain(-1)
  expect(last).toMatchObject({ unplaced: 0, norms: { norm: expect.any(Number) } })
})

test.each([
  ['broken XML', '<fet version="6.8.5">\n<Days_List>\n</fet>', /broken\.fet, строка 3: Файл XML испорчен/],
  [
    'another format',
    '<?xml version="1.0"?>\n<html/>',
    /broken\.fet, строка 2: Файл начинается с <html>, а нужен <fet>/,
  ],
  ['nothing of a list', '<fet version="6.8.5">\n</fet>', /broken\.fet, строка 1: Нет обязательного элемента/],
])('%s is told with file and line, and nothing is written', PATIENT, async (_, text, wrong) => {
  writeFileSync(join(own, 'broken.fet'), text)
  const { code, err } = await run(['solve', 'broken.fet', '--steps', 10, '--out', 'nothing'])
  expect(code).toBe(2)
  expect(err).toMatch(wrong)
  expect(readdirSync(own)).not.toContain('nothing')
})

test.each([
  [['solve'], /Не сказано, какой файл читать/],
  [['solve', SMALL, '--seconds', 'скоро'], /--seconds: нужно целое число, а написано «скоро»/],
  [['solve', SMALL, '--threads', 0], /--threads: нужно число от 1 до 64/],
  [['solve', SMALL, '--max-moves', 3], /--max-moves меняет готовое расписание/],
  [['solve', 'нет.fet'], /нет\.fet» нет/],
  [['convert', SMALL, '--to', 'docx'], /--to: нужен один из форматов/],
  [['explain', SMALL, '--from', 'нет.json'], /нет\.json» нет/],
])('%j is told what is wrong with it', PATIENT, async (args, wrong) => {
  const { code, err } = await run(args)
  expect(code).toBe(2)
  expect(err).toMatch(wrong)
})

test('a problem is converted to FET and read back with the same activities', PATIENT, async () => {
  await run(['convert', INTAKE, '--to', 'fet', '--out', 'intake.fet'])
  const { problem } = readFet(readFileSync(pathOf(join(own, 'intake.fet')), 'utf8'), 'intake.fet')
  expect(problem?.activities).toHaveLength(358)
})

test('what can never fit is said before a search', PATIENT, async () => {
  // One teacher with sixteen lessons in a week of twelve.
  const text = readFileSync(SMALL, 'utf8').replaceAll('<Teacher>Борис<', '<Teacher>Анна<')
  const long = text
    .replaceAll(/<Duration>\d</g, '<Duration>4<')
    .replaceAll(/<Total_Duration>3</g, '<Total_Duration>8<')
  writeFileSync(join(own, 'full.fet'), long.replaceAll('<Total_Duration>1<', '<Total_Duration>4<'))
  const { code, out, last } = await run(['explain', 'full.fet'])
  expect(out).toContain('Заранее видно, что это не поместится')
  expect(last).toMatchObject({ impossible: true })
  expect(code).toBe(1)
})
