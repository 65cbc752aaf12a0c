// Written by `npm run generate` from the migrated schema; do not edit.
export type Tables = Record<never, never>
