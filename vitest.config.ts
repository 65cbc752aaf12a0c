import { defineConfig } from 'vitest/config'

// What starts, kills and outlives processes: it has deadlines of its own, and gets the machine to itself.
const PROCESSES = [
  'test/chaos/**/*.db.test.ts',
  'test/fresh-clone.db.test.ts',
  'cli/**/*.db.test.ts',
  'server/platform/backup/**/*.db.test.ts',
  'server/platform/storage.db.test.ts',
  'server/modules/backups/**/*.db.test.ts',
]
const globalSetup = 'test/global-database.ts'

export default defineConfig({
  test: {
    // Files share a thread's modules: a tenth of the time, and nothing here changes a module.
    pool: 'threads',
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What comes by itself comes late on a busy machine.
    expect: { poll: { timeout: 30_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{domain,contract,web,server,cli}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.db.test.ts'],
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['{server,cli,bench,test}/**/*.db.test.ts'],
          exclude: PROCESSES,
          globalSetup,
          // One, which is what two cores get unless told, leaves half the machine idle while PostgreSQL answers.
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'processes',
          include: PROCESSES,
          globalSetup,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
