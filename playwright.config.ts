import { defineConfig } from '@playwright/test'
import { browserPath } from './scripts/browser.mjs'

// As root Chromium has no sandbox of its own, and containers give it a tiny /dev/shm.
const args = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu']

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  use: {
    locale: 'ru-RU',
    timezoneId: 'Europe/Moscow',
    viewport: { width: 1366, height: 768 },
    contextOptions: { reducedMotion: 'reduce' },
    // The film of a journey costs more than the journey; what stood on its pages is kept.
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: { executablePath: browserPath() ?? '', args },
  },
})
