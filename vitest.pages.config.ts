import { defineConfig } from 'vitest/config'

/** The pages in a real browser, apart from `npm test`: they need a Chromium on the path (docs/pages.md). */
export default defineConfig({
  test: {
    include: ['test/pages/**/*.page.ts'],
    expect: { requireAssertions: true },
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
