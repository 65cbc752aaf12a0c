/** What whoever comes is shown while the journal is restored. */
export const WAITING = {
  title: (percent: number) => `Идёт восстановление: ${percent}\u00a0%`,
  text: 'Журнал возвращается из резервной копии и откроется на этой же странице сам. Ничего делать не нужно; страницу можно закрыть и прийти позже.',
  bar: 'Сколько восстановлено',
}
