import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { serveSearch } from '#modules/timetable/index.ts'
import { check } from './check.ts'
import { convert } from './convert.ts'
import { explain } from './explain.ts'
import { Misuse, Unreadable } from './refusals.ts'
import { solve } from './solve.ts'

/** A command of `npm run timetable -- …`; the exit code: 0 done, 1 done in part, 2 nothing done. */
type TimetableCommand = { usage: string; summary: string; run: (args: string[]) => Promise<number> }

const commands: Record<string, TimetableCommand> = {
  solve: {
    usage: 'solve <файл или папка> --seconds N --seed S --threads T --out <папка>',
    summary: 'составить расписание',
    run: solve,
  },
  explain: {
    usage: 'explain <файл или папка> [--from <расписание.json>]',
    summary: 'сказать, что не может поместиться и почему',
    run: explain,
  },
  check: {
    usage: 'check <файл или папка> [--from <расписание.json>]',
    summary: 'проверить готовое расписание: условия и нормы',
    run: check,
  },
  convert: {
    usage: 'convert <файл или папка> --to fet|json|own --out <файл>',
    summary: 'перевести в FET, в JSON или с расписанием в свой же формат (own)',
    run: convert,
  },
}

function help(): string {
  const lines = Object.values(commands).map(({ usage, summary }) => `  ${usage}\n      ${summary}`)
  return [
    'Составление расписания: npm run timetable -- <команда> …',
    ...lines,
    '',
    'Читает файлы FET, aSc (XML), XHSTT и папку таблиц заезда (XLSX).',
  ].join('\n')
}

async function main([name = '', ...args]: string[]): Promise<number> {
  const command = commands[name]
  if (!command) {
    console.log(help())
    return name === '' || name === 'help' || name === '--help' ? 0 : 2
  }
  try {
    return await command.run(args)
  } catch (error) {
    if (error instanceof Misuse) console.error(`${error.message}\n\n  npm run timetable -- ${command.usage}`)
    else if (error instanceof Unreadable) console.error(error.message)
    else console.error(error)
    return 2
  }
}

// A thread of a search runs this same script.
if (isMainThread) process.exitCode = await main(process.argv.slice(2))
else if (parentPort) await serveSearch(parentPort, workerData)
