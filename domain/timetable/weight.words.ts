import type { WeightWord } from './weight.ts'

/** How much a wish matters, in words for people. */
export const WEIGHT_TEXT: Record<WeightWord, string> = {
  never: 'нарушать нельзя',
  little: 'мало важно',
  matters: 'важно',
  much: 'очень важно',
}
