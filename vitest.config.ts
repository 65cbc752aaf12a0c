import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Files share a thread's modules: a tenth of the time, and nothing here changes a module.
    pool: 'threads',
    isolate: false,
    // One, which is what two cores get unless told, leaves half the machine idle while PostgreSQL answers.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{domain,contract,web,server,cli}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.db.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['{server,cli,bench,test}/**/*.db.test.ts'],
          globalSetup: 'test/global-database.ts',
        },
      },
    ],
  },
})
