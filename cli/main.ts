import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { readerApart, serveWorkbooks, WORKBOOKS } from '#modules/imports/index.ts'
import { readConfig } from '#platform/config.ts'
import { saysDiskIsFull } from '#platform/disk.ts'
import { storageWords } from '#platform/storage.words.ts'
import { backup, restoreJournal, verify } from './backup.ts'
import { demo } from './demo.ts'
import { importFolder } from './import.ts'
import { rescue } from './rescue.ts'
import { start } from './start.ts'

/** A command of `zhuravl`: what it is for, and what it does with the rest of the line; the exit code. */
export type Command = { summary: string; run: (args: string[]) => Promise<number> }

const commands: Record<string, Command> = {
  start: { summary: 'запустить журнал', run: start },
  import: { summary: 'записать таблицы центра: npm run import -- <папка>', run: importApart },
  backup: { summary: 'сделать резервную копию', run: backup },
  restore: { summary: 'восстановить журнал из копии', run: restoreJournal },
  verify: { summary: 'проверить копию: npm run verify -- <копия>', run: verify },
  rescue: { summary: 'помочь, когда подтвердить или войти некому', run: rescue },
  demo: { summary: 'показать журнал на вымышленном центре', run: demo },
}

async function importApart(args: string[]): Promise<number> {
  const reader = readerApart(new URL(import.meta.url), readConfig(process.env).workbook)
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

async function main([name = '', ...args]: string[]): Promise<number> {
  const command = commands[name]
  if (!command) {
    console.log(help())
    return name === '' || name === 'help' ? 0 : 2
  }
  try {
    return await command.run(args)
  } catch (error) {
    console.error(wordsOf(error))
    if (process.env.LOG_LEVEL === 'debug') console.error(error)
    return 1
  }
}

// A thread that reads workbooks runs this same script.
if (isMainThread) process.exitCode = await main(process.argv.slice(2))
else if (parentPort && workerData === WORKBOOKS) serveWorkbooks(parentPort)
