import { createRequire } from 'node:module'

const ours = createRequire(import.meta.url)('../package.json') as { version: string }

/** What runs here, for whoever reads the log once a hole in one of them is known; packages are in the lockfile of that version. */
export function runningVersions(
  { node = '', openssl = '' }: NodeJS.ProcessVersions = process.versions,
): string {
  return `balai:${ours.version}/node:${node}/openssl:${openssl}`
}
