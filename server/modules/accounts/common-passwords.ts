import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import type { CommonWords } from '#domain/people/password.ts'
import { projectRoot } from '#platform/root.ts'

const NEW_LINE = 0x0a

let lists: CommonWords | undefined

/** The lists a new password is held against; read at first use and kept as they are, 2.5 MB together. */
export function commonWords(): CommonWords {
  lists ??= read()
  return lists
}

function read(): CommonWords {
  const [passwords, words] = ['common-passwords.br', 'russian-words.br'].map(listOf) as [Buffer, Buffer]
  return {
    isCommon: (text) => lineFrom(passwords, text) === text,
    isWord: (start, longest) => {
      const found = lineFrom(words, start)
      return found.startsWith(start) && found.length <= longest
    },
  }
}

const listOf = (name: string): Buffer =>
  brotliDecompressSync(readFileSync(join(projectRoot, 'server/modules/accounts/lists', name)))

/** The first line of a sorted list that is not before the text. */
function lineFrom(list: Buffer, text: string): string {
  const wanted = Buffer.from(text)
  let [from, to] = [0, list.length]
  while (from < to) {
    const middle = (from + to) >> 1
    const begin = middle === 0 ? 0 : Math.max(from, list.lastIndexOf(NEW_LINE, middle - 1) + 1)
    const end = list.indexOf(NEW_LINE, begin)
    if (list.subarray(begin, end).compare(wanted) < 0) from = end + 1
    else to = begin
  }
  return list.toString('utf8', from, Math.max(from, list.indexOf(NEW_LINE, from)))
}
