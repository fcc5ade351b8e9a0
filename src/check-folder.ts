import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What `flows:check` says of a folder as it stands on the disk, line by line; none is good news. */
export type FolderCheck = { lines: string[]; good: boolean; at: Date }

/** A folder that takes longer is on a disk in trouble. */
const LONGEST_MS = 30_000
/** Who reloads the page sees the same check for so long. */
const KEPT_MS = 5_000

const CHECK = fileURLToPath(new URL('flows-check.ts', import.meta.url))

/**
 * Checks a folder as `npm run flows:check` does, in a process of its own: reading every file takes half a second in which this one
 * would answer nobody. Whoever asks while it runs gets the same check.
 */
export function folderCheck(folder: string): () => Promise<FolderCheck> {
  let under: Promise<FolderCheck> | undefined
  let kept: FolderCheck | undefined
  return async () => {
    if (kept !== undefined && Date.now() - kept.at.getTime() < KEPT_MS) return kept
    under ??= check(folder).finally(() => {
      under = undefined
    })
    kept = await under
    return kept
  }
}

function check(folder: string): Promise<FolderCheck> {
  return new Promise((done, fail) => {
    execFile(process.execPath, [CHECK, folder], { timeout: LONGEST_MS }, (error, said, fault) => {
      if (error !== null && error.code !== 1) {
        fail(new Error('The flows could not be checked.', { cause: fault }))
        return
      }
      // A path says where this machine keeps things; who writes flows knows the folder by its files.
      const lines = said.replaceAll(`${folder}/`, '').trim().split('\n')
      done({ lines, good: error === null, at: new Date() })
    })
  })
}
