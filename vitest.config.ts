import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/helpers/global-setup.ts'],
    setupFiles: ['test/helpers/guard.ts'],
    expect: { requireAssertions: true },
    // Left to itself the runner keeps one of two cores for itself, and tests mostly wait: for the database, for a clock.
    maxWorkers: '100%',
    // A slow shared CI machine starts a database server in six seconds; ours takes half of one.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
