/** What is typed before a journal goes back to an earlier moment. */
export const RESTORE_WORD = 'восстановить'

/** Whether the word was typed; capitals and spaces around it do not matter. */
export const isRestoreWord = (typed: string): boolean => typed.trim().toLowerCase() === RESTORE_WORD
