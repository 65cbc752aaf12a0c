import { HARD, type Weight } from './constraint.ts'

/** How much a wish matters («никогда не нарушать · мало важно · важно · очень важно»); words in `weight.words.ts`. */
export const WEIGHT_WORDS = ['never', 'little', 'matters', 'much'] as const
export type WeightWord = (typeof WEIGHT_WORDS)[number]

const COST: Record<WeightWord, Weight> = { never: HARD, little: 0.1, matters: 0.5, much: 2 }

/** The cost of one broken unit of a wish that matters so. */
export function weightOf(word: WeightWord): Weight {
  return COST[word]
}

/** The word nearest to a cost, for showing weights that came as numbers. */
export function weightWord(weight: Weight): WeightWord {
  if (weight === HARD) return 'never'
  if (weight < 0.3) return 'little'
  return weight < 1 ? 'matters' : 'much'
}
