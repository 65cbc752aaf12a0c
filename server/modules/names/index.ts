export { sharedInitialsOf } from './shared-initials.sql.ts'
export { shownName } from './shown-name.sql.ts'
