import type { SearchNews } from '#modules/timetable/index.ts'

const WIDTH = 24
const EVERY_MS = 100

/** A line that redraws itself on a terminal; elsewhere silence, so that a log holds only results. */
export function progressBar(seconds: number | null, output: NodeJS.WriteStream = process.stderr) {
  let drawnAt = Number.NEGATIVE_INFINITY
  const draw = (text: string) => output.write(`\r\u001b[2K${text}`)
  return {
    show(news: SearchNews): void {
      if (!output.isTTY || news.seconds * 1000 - drawnAt < EVERY_MS) return
      drawnAt = news.seconds * 1000
      draw(barLine(news, seconds))
    },
    clear(): void {
      if (output.isTTY) draw('')
    },
  }
}

/** «████░░░░ 12 с · размещено 355 из 358 · цена пожеланий 4,2». */
export function barLine({ progress, seconds }: SearchNews, total: number | null): string {
  const share = total === null ? progress.placed / Math.max(1, progress.total) : seconds / total
  const full = Math.min(WIDTH, Math.round(share * WIDTH))
  const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full)
  const cost = progress.softCost.toLocaleString('ru-RU', { maximumFractionDigits: 1 })
  const state = progress.complete
    ? `всё размещено · цена пожеланий ${cost}`
    : `размещено ${progress.placed} из ${progress.total}`
  return `${bar} ${Math.floor(seconds)} с · ${state}`
}
