export { gradebookOperations, READ_JOURNAL, WRITE_LESSON } from './gradebook.routes.ts'
export { admitCells } from './put-cells.ts'
