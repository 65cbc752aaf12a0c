/** Why a journal is away: it is brought back from a copy, or its database is carried over to the next PostgreSQL. */
export type Away = 'restoring' | 'carrying'

/** What whoever comes is shown meanwhile. */
export const WAITING: Record<Away, { title: (percent: number) => string; text: string; bar: string }> = {
  restoring: {
    title: (percent) => `Идёт восстановление: ${percent}\u00a0%`,
    text: 'Журнал возвращается из резервной копии и откроется на этой же странице сам. Ничего делать не нужно; страницу можно закрыть и прийти позже.',
    bar: 'Сколько восстановлено',
  },
  carrying: {
    title: (percent) => `Журнал обновляется: ${percent}\u00a0%`,
    text: 'База переходит на новую версию, и журнал откроется на этой же странице сам. Ничего делать не нужно; страницу можно закрыть и прийти позже.',
    bar: 'Сколько сделано',
  },
}
