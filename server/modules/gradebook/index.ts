export { gradebookOperations, READ_JOURNAL, WRITE_LESSON } from './gradebook.routes.ts'
export { enterCells } from './put-cells.ts'
