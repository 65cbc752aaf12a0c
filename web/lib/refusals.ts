import type { Problem } from '#contract/problem.ts'
import { refusalWords } from '#domain/refusal.words.ts'

// What only the browser can find out; everything else the server refuses has its words in the domain.
const ownWords: Record<string, string> = {
  'no-connection':
    'Нет связи с сервером. Введённое осталось на этой странице: не закрывайте её и повторите, когда связь появится.',
  'not-loaded': 'Нет связи с сервером. Проверьте интернет и попробуйте ещё раз.',
}

const words: Record<string, string> = { ...refusalWords, ...ownWords }

/** The Russian sentence for a refusal; the server's own sentence when the screens have no words for its code. */
export function refusalText(problem: Problem): string {
  const text = words[problem.refusal] ?? (problem.message || refusalWords.failure)
  return problem.incident ? `${text} Номер случая: ${problem.incident}.` : text
}
