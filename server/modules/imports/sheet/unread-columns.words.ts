/** Headings of columns that only count the rows. */
export const COUNTING = /^(№|п п|№ п п|n п п|номер)$/

/** Said behind the letter of a column that has no heading. */
export const WITHOUT_HEADING = '(без заголовка)'
