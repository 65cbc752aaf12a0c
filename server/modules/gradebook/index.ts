export { gradebookOperations, READ_JOURNAL, WRITE_LESSON } from './gradebook.routes.ts'
export { putCells } from './put-cells.ts'
