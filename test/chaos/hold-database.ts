// A process to kill: serves the folder it is given and prints every number it has been told is saved.
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '#platform/db.ts'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'

const say = (words: string) => process.stdout.write(`${words}\n`)
const [folder = '', writes = ''] = process.argv.slice(2)
const { connection, stop } = await startEmbeddedPostgres({ folder }).catch((error: Error) => {
  say(`refused ${error.message}`)
  process.exit(1)
})
const { owner } = openDatabase({ connection })
await owner.query('create table if not exists saved (number int primary key)')
say('serving')
let told = false
process.on('SIGTERM', () => {
  told = true
})
const { rows } = await owner.query<{ last: number }>('select coalesce(max(number), 0) as last from saved')
for (let number = (rows[0]?.last ?? 0) + 1; writes === 'write' && !told; number++) {
  await owner.query('insert into saved values ($1)', [number])
  say(`saved ${number}`)
}
while (!told) await sleep(20)
await owner.end()
await stop()
