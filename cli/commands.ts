import { readerApart } from '#modules/imports/index.ts'
import { readConfig } from '#platform/config.ts'
import { saysDiskIsFull } from '#platform/disk.ts'
import { storageWords } from '#platform/storage.words.ts'
import { backup, restoreJournal, verify } from './backup.ts'
import { demo } from './demo.ts'
import { importFolder } from './import.ts'
import { rescue } from './rescue.ts'
import { start } from './start.ts'

/**
 * A command of `zhuravl`: what it is for, and what it does with the rest of the line; the exit code. `threads` is the
 * script that its threads run.
 */
export type Command = { summary: string; run: (args: string[], threads: URL) => Promise<number> }

const commands: Record<string, Command> = {
  start: { summary: 'запустить журнал', run: (_, threads) => start(threads) },
  import: { summary: 'записать таблицы центра: npm run import -- <папка>', run: importApart },
  backup: { summary: 'сделать резервную копию', run: backup },
  restore: { summary: 'восстановить журнал из копии', run: restoreJournal },
  verify: { summary: 'проверить копию: npm run verify -- <копия>', run: verify },
  rescue: { summary: 'помочь, когда подтвердить или войти некому', run: rescue },
  demo: { summary: 'показать журнал на вымышленном центре', run: demo },
}

async function importApart(args: string[], threads: URL): Promise<number> {
  const reader = readerApart(threads, readConfig(process.env).workbook)
  return importFolder(args, reader.read).finally(reader.close)
}

function wordsOf(error: unknown): string {
  if (saysDiskIsFull(error)) return storageWords('disk-full', '')
  return error instanceof Error ? error.message : String(error)
}

function help(): string {
  const lines = Object.entries(commands).map(
    ([name, { summary }]) => `  npm run ${name.padEnd(8)} ${summary}`,
  )
  return ['Команды «Журавля»:', ...lines].join('\n')
}

/** Runs a command and answers with its exit code; what goes wrong is told in one line. */
export async function runCommand([name = '', ...args]: string[], threads: URL): Promise<number> {
  const command = commands[name]
  if (!command) {
    console.log(help())
    return name === '' || name === 'help' ? 0 : 2
  }
  try {
    return await command.run(args, threads)
  } catch (error) {
    console.error(wordsOf(error))
    if (process.env.LOG_LEVEL === 'debug') console.error(error)
    return 1
  }
}
