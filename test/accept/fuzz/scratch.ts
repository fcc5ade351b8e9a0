import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Refusal } from '../../../src/lib/refusal.ts'

let whole: string | undefined
let folders = 0

/** Gives a reader of files a folder of its own with these in it, and takes it away afterwards. What cannot be read is told as a Refusal. */
export async function withFiles(
  files: Readonly<Record<string, string | Buffer>>,
  read: (folder: string) => unknown,
): Promise<void> {
  if (whole === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'balai-accept-fuzz-'))
    whole = made
    process.once('exit', () => rmSync(made, { recursive: true, force: true }))
  }
  folders += 1
  const folder = join(whole, String(folders))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  try {
    await orRefused(() => read(folder))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Lets a Refusal pass: it is how readers say that something cannot be read. */
export async function orRefused(read: () => unknown): Promise<void> {
  try {
    await read()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}
