import { resolve } from 'node:path'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { Misuse } from './refusals.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** A command line as it was typed: the one file it is about and its options. */
export type Typed = { file: string; values: Record<string, string | boolean | undefined> }

/** Reads a command line of one file and options; anything else is called wrongly. */
export function typed(args: string[], options: Options): Typed {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
    const [file, ...others] = positionals
    if (file === undefined) throw new Misuse('Не сказано, какой файл читать.')
    if (others.length > 0) throw new Misuse(`Лишнее слово: ${others[0]}.`)
    return { file: pathOf(file), values: values as Typed['values'] }
  } catch (error) {
    if (error instanceof Misuse) throw error
    throw new Misuse(error instanceof Error ? error.message : String(error))
  }
}

/** npm runs a script in the project's folder; the path was typed in another. */
export function pathOf(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path)
}

/** A whole number of an option, between bounds. */
export function wholeNumber(
  { values }: Typed,
  name: string,
  { least, most, otherwise }: { least: number; most: number; otherwise: number },
): number {
  const text = values[name]
  if (text === undefined) return otherwise
  const number = Number(text)
  if (typeof text !== 'string' || text.trim() === '' || !Number.isInteger(number))
    throw new Misuse(`--${name}: нужно целое число, а написано «${text}».`)
  if (number < least || number > most)
    throw new Misuse(`--${name}: нужно число от ${least} до ${most}, а написано ${number}.`)
  return number
}
