import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '#platform/ids.ts'
import { projectRoot } from '#platform/root.ts'
import { tokens } from '../seed.ts'

/** Where a measured installation keeps its things. */
export type Places = { dataDir: string; folder: string; keyFile: string; sockets: string }

export function placesIn(root: string): Places {
  const sockets = join(root, 'run')
  for (const folder of [sockets, join(root, 'copies')]) mkdirSync(folder, { recursive: true })
  return {
    dataDir: join(root, 'data'),
    folder: join(root, 'copies'),
    keyFile: join(root, 'backup.key'),
    sockets,
  }
}

/** A command of the product in a process of its own, as an administrator runs it. */
export function run({ dataDir, keyFile, sockets }: Places, ...words: string[]) {
  const child = spawn(process.execPath, [join(projectRoot, 'scripts', 'run.mjs'), ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TMPDIR: sockets,
      DATA_DIR: dataDir,
      BACKUP_KEY_FILE: keyFile,
      PORT: process.env.PORT ?? '0',
      LOG_LEVEL: 'error',
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk
    })
  const exited = once(child, 'exit').then(([code, signal]): number | string => code ?? signal)
  return { child, exited, output: () => output }
}

/** A journal that serves. */
export type Journal = { child: ChildProcess; pid: number; address: string; exited: Promise<number | string> }

/** Starts the journal and answers when it is ready to save. */
export async function startJournal(places: Places): Promise<Journal> {
  const { child, exited, output } = run(places, 'start')
  for (;;) {
    const address = /http:\/\/[\d.]+:\d+/.exec(output())?.[0]
    const ready = address && (await fetch(`${address}/readyz`).catch(() => null))
    if (ready && ready.status === 200) return { child, pid: child.pid ?? 0, address, exited }
    const ended = await Promise.race([exited, sleep(50).then(() => null)])
    if (ended !== null) throw new Error(`the journal ended with ${ended}: ${output()}`)
  }
}

/** Begins a copy as the administrator's page does. */
export async function beginCopy({ address }: Journal): Promise<void> {
  const response = await fetch(`${address}/api/backups/copies`, {
    method: 'POST',
    headers: {
      cookie: `zhuravl=${tokens.teacher}`,
      'content-type': 'application/json',
      'idempotency-key': newId(),
    },
    body: '{}',
  })
  if (!response.ok) throw new Error(`no copy is begun: ${response.status} ${await response.text()}`)
}
