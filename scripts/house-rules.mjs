// House rules no linter knows. Each is closed-form: a pattern, where it may appear, nothing else.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, sep } from 'node:path'
import { personalWords } from './personal-words.mjs'

const files = (dir, pattern) =>
  existsSync(dir)
    ? readdirSync(dir, { recursive: true })
        .map((name) => posix.join(dir, name.split(sep).join('/')))
        .filter((path) => pattern.test(path) && !path.includes('node_modules'))
    : []
const read = (path) => readFileSync(path, 'utf8')
const code = ['domain', 'contract', 'server', 'web', 'cli', 'bench'].flatMap((root) => files(root, /\.tsx?$/))
const product = code.filter((path) => !/\.(test|e2e)\.tsx?$/.test(path))
const failures = []
const fail = (path, why) => failures.push(`${path}: ${why}`)

for (const path of product.filter((path) => path.startsWith('server/modules/') && !path.endsWith('.sql.ts')))
  if (/\.(selectFrom|insertInto|updateTable|deleteFrom|mergeInto)\(/.test(read(path)))
    fail(path, 'query outside a .sql.ts file')

for (const path of product.filter((path) => /^(domain|server\/modules)\//.test(path)))
  if (/new Date\(\)|Date\.now\(\)|Math\.random\(\)/.test(read(path)))
    fail(path, 'clock or randomness where `today` is given')

const mayBeRussian = /^(web|cli|bench)\/|\.print\.|\.words\.ts$|(^|[/-])demo[/.-]/
for (const path of product.filter((path) => !mayBeRussian.test(path))) {
  const bare = read(path).replace(/«[^»]*»/g, '')
  if (/[А-Яа-яЁё]/.test(bare))
    fail(
      path,
      'Russian belongs to web/, cli/, bench/, .words. and .print. files; quote terms as «…» in comments',
    )
}

const glossary = existsSync('docs/glossary.md') ? read('docs/glossary.md') : null
for (const path of product.filter((path) => glossary !== null && path.startsWith('domain/')))
  for (const [, name] of read(path).matchAll(/^export type (\w+)/gm))
    if (!glossary.includes(`\`${name}\``)) fail(path, `${name} is not in docs/glossary.md`)

// Two that were written side by side must not both be the next one.
files('server/migrations', /\.sql$/)
  .sort()
  .forEach((path, n) => {
    if (Number(path.split('/').at(-1).slice(0, 4)) !== n + 1)
      fail(path, `is number ${n + 1} of the migrations`)
  })

const index = existsSync('docs/adr/README.md') ? read('docs/adr/README.md') : ''
for (const path of files('docs/adr', /\d{4}-.*\.md$/))
  if (!index.includes(path.split('/').at(-1))) fail(path, 'missing from docs/adr/README.md')

for (const path of [...files('docs', /\.md$/), 'README.md', 'CONTRIBUTING.md'].filter(existsSync))
  for (const [, target] of read(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g))
    if (!existsSync(join(dirname(path), target))) fail(path, `link to missing ${target}`)

// Words that guess a person's sex, and names of the child other than «воспитанник»; see docs/glossary.md.
const interfaceText = product.filter(
  (path) =>
    /^(web|domain|cli)\/|\.words\.ts$|\.print\./.test(path) &&
    !/imports\/|(domain|modules|cli)\/timetable\//.test(path),
)
for (const path of interfaceText)
  for (const { rule, found } of personalWords(read(path))) fail(path, `${rule}: «${found}»`)

// The browser's own date control speaks the browser's language, and so does formatting without a locale.
for (const path of product.filter((path) => path.startsWith('web/')))
  if (
    /type=["']?(?:date|time|datetime-local|month|week)\b|toLocale(?:Date|Time)?String\(\)|DateTimeFormat\((?:\)|undefined)/.test(
      read(path),
    )
  )
    fail(path, "a date or time in the browser's language; use DateField and the formats of web/lib")

if (product.length === 0) fail('.', 'no sources found, so nothing was checked')
console.log(failures.length ? failures.join('\n') : `house rules hold over ${product.length} files`)
process.exitCode = failures.length ? 1 : 0
