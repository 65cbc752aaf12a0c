import { readConfig } from '#platform/config.ts'
import { type Running, serve } from '#server/main.ts'

/** Serves the journal until it is told to stop (Ctrl-C, SIGTERM). */
export async function start(): Promise<number> {
  const config = readConfig(process.env)
  const running = await serve(config).catch((error: unknown) => {
    throw taken(error)
      ? new Error(`Порт ${config.port} занят другой программой. Задайте другой: PORT=8081`)
      : error
  })
  console.log(`Журавль открыт: ${running.address}`)
  await untilTold()
  console.log('Останавливаюсь: дожидаюсь начатых сохранений…')
  return stopped(running)
}

/** Resolves at the first signal to stop; a second one ends the process at once. */
export function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    let told = false
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        if (told) process.exit(1)
        told = true
        resolve()
      })
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
