// `npm ci` refuses a lock file made where the registry lacked some other platform's optional binary:
// npm leaves the package out of the lock and then misses it. This writes the missing entries, with what
// their names say about the platform. Run by `npm run lock` after every change of a dependency.
import { readFileSync, writeFileSync } from 'node:fs'

const file = 'package-lock.json'
const systems = 'linux darwin win32 windows android freebsd openharmony netbsd openbsd sunos aix'.split(' ')
const processors = 'ppc64 riscv64 s390x arm64 arm ia32 x64 wasm32 loong64 mips64el'.split(' ')
const lock = JSON.parse(readFileSync(file, 'utf8'))
const { packages } = lock

function libc(name, system) {
  if (name.includes('musl')) return { libc: ['musl'] }
  return system === 'linux' && name.includes('gnu') ? { libc: ['glibc'] } : {}
}

function entry(name, version, owner) {
  const system = systems.find((candidate) => name.includes(candidate))
  if (!system || !/^\d[\w.+-]*$/.test(version)) return null
  const cpu = processors.find((candidate) => name.includes(candidate))
  return {
    version,
    ...(cpu && { cpu: [cpu] }),
    ...(owner.dev && { dev: true }),
    optional: true,
    os: [system === 'windows' ? 'win32' : system],
    ...libc(name, system),
  }
}

let added = 0
for (const [path, owner] of Object.entries(packages))
  for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
    if (packages[`node_modules/${name}`] || packages[`${path}/node_modules/${name}`]) continue
    const missing = entry(name, version, owner)
    if (missing) packages[`node_modules/${name}`] = missing
    if (missing) added++
    else console.log(`left out: ${name} ${version}`)
  }
for (const held of Object.values(packages)) delete held.resolved
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${added} entries added`)
