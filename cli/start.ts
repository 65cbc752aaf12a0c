import { createSetupLink } from '#modules/setup/index.ts'
import { systemClock } from '#platform/clock.ts'
import { type Config, isBare, readConfig } from '#platform/config.ts'
import { BARE_WORDS } from '#platform/config.words.ts'
import type { Storage } from '#platform/storage.ts'
import { type Running, serve } from '#server/main.ts'

/** Serves the journal until it is told to stop (Ctrl-C, SIGTERM); `threads` is the script its threads run. */
export function start(threads: URL): Promise<number> {
  // Heard from the first moment: a signal that nobody listens to ends the process in the middle of things.
  const told = untilTold()
  return serveUntil(told, readConfig(process.env), { opened: inviteAdministrator, threads })
}

export type Serving = {
  opened: (running: Running) => void | Promise<void>
  storage?: Storage
  threads?: URL
}

/** Serves, on a database that is already open when one is given, says so, and stops when told. */
export async function serveUntil(
  told: Promise<void>,
  config: Config,
  { opened, storage, threads }: Serving,
): Promise<number> {
  const opening = {
    tell: console.warn,
    backups: config.backups ?? false,
    ...(storage && { storage }),
    ...(threads && { threads }),
  }
  const running = await serve(config, opening).catch((error: unknown) => {
    throw taken(error)
      ? new Error(`Порт ${config.port} занят другой программой. Задайте другой: PORT=8081`)
      : error
  })
  if (isBare(config)) console.warn(BARE_WORDS)
  try {
    await opened(running)
    // Requests are served by a process that can no longer become the owner of its tables through a pool.
    await running.storage.database.closeOwner()
  } catch (error) {
    // A server left open here would hear no signal: nobody waits for one any more.
    await running.stop()
    throw error
  }
  const lost = await Promise.race([told, ...(running.lost ? [running.lost] : [])])
  if (lost !== undefined) throw lost
  console.log('Останавливаюсь: дожидаюсь начатых сохранений…')
  return stopped(running)
}

/** In an installation without an organisation: where its first administrator begins. */
async function inviteAdministrator({ address, storage }: Running): Promise<void> {
  const token = await createSetupLink(storage.database, systemClock())
  console.log(`Журавль открыт: ${address}`)
  if (!token) return
  console.log(
    'Журнал ещё пуст. Откройте одноразовую ссылку: по ней создают организацию и первого администратора',
  )
  console.log('или, если журнал уже был и утерян, восстанавливают его из резервной копии:')
  // After «#» the token stays in the browser and reaches no log.
  console.log(`${address}/setup#${token}`)
  console.log('Ссылка действует 72 часа и только один раз. Новую напечатает следующий запуск.')
}

/** Resolves at the first signal to stop, or when npm was told instead; a second signal ends the process at once. */
export function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    let told = false
    const tell = () => {
      if (told) process.exit(1)
      told = true
      clearInterval(watch)
      resolve()
    }
    // npm runs a script under a shell that keeps the signals it is sent to itself: npm and the shell die.
    const parent = process.ppid
    const watch = setInterval(() => process.ppid !== parent && process.env.npm_lifecycle_event && tell(), 500)
    watch.unref()
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, tell)
  })
}

async function stopped(running: Running): Promise<number> {
  await running.stop()
  console.log('Журавль остановлен.')
  return 0
}

function taken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}
