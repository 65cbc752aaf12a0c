import type { MendedWord, PaperRefusal } from './paper-typing.ts'
import { PAPER_LENGTH } from './paper-words.ts'

/** What a person reads when typed words are no key: which word, what may be meant, what to do. */
export function paperRefusalText(refusal: PaperRefusal): string {
  switch (refusal.refused) {
    case 'paper-word-count':
      return countText(refusal.count)
    case 'paper-word-unknown':
      return unknownText(refusal)
    case 'paper-words-disagree':
      return 'Все слова знакомы, но вместе не сходятся. Проверьте порядок: на бумаге у каждого слова свой номер. Если порядок верен, сверьте слова с бумагой по одному.'
    case 'paper-line-broken':
      return 'Строка AGE-SECRET-KEY-1… скопирована не целиком или с ошибкой. Скопируйте её ещё раз или наберите двенадцать слов.'
  }
}

function countText(count: number): string {
  if (count === 0) return 'Наберите двенадцать слов с бумаги по порядку, через пробел.'
  const what =
    count < PAPER_LENGTH
      ? 'Похоже, слово пропущено или два слова набраны слитно.'
      : 'Похоже, слово набрано дважды или разорвано пробелом.'
  return `Нужно двенадцать слов, а набрано ${count}. ${what} Сверьте с бумагой.`
}

function unknownText({ at, typed, near }: Extract<PaperRefusal, { refused: 'paper-word-unknown' }>): string {
  const like = near.map((word) => `«${word}»`).join(', ')
  const hint = like ? ` Похоже на ${like}.` : ''
  return `Слово ${at}: «${typed}» в ключах не встречается.${hint} Посмотрите, как слово ${at} напечатано на бумаге, и поправьте.`
}

/** What a person reads when a word was understood though it was typed otherwise. */
export const mendedText = ({ at, typed, taken }: MendedWord): string =>
  `Слово ${at}: набрано «${typed}», прочитано как «${taken}».`
