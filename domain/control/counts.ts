import { isShown, type KeepingScene, SHOWN_LESSONS, type ShownLessons } from './keeping.ts'

/** How many lessons each name of the control desk shows; `findings` is a list, not a figure. */
export type ShownCounts = Record<Exclude<ShownLessons, 'findings'>, number>

/** Counts lessons under every name by the same rule that lists them. */
export function countShown(scenes: readonly KeepingScene[]): ShownCounts {
  const counts = SHOWN_LESSONS.filter((show) => show !== 'findings').map((show) => [
    show,
    scenes.filter((scene) => isShown(scene, show)).length,
  ])
  return Object.fromEntries(counts) as ShownCounts
}
