import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/helpers/global-setup.ts'],
    setupFiles: ['test/helpers/guard.ts'],
    // Modules are read once a worker, not once a file: half of all the time went into that. A file leaves nothing behind it.
    isolate: false,
    expect: { requireAssertions: true },
    // Tests mostly wait: for the database, for a clock, for a process. Two a core took 160 s where one a core took 226.
    maxWorkers: 2 * availableParallelism(),
    // A slow shared CI machine starts a database server in six seconds; ours takes half of one.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
