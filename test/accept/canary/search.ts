import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Canaries, type Spelling, spellings } from './canaries.ts'

/** A canary that was found: what it stood for, how it was written, and where. */
export type Hit = { stoodFor: string; spelling: string; where: string }

/** Looks for all canaries, in all their spellings, in one pass. */
export type Search = {
  inBytes(bytes: Buffer, where: string): Hit[]
  /** Every file below a folder, whatever it is; `but` are names left out. */
  inFolder(folder: string, but?: string[]): Promise<Hit[]>
}

type Wanted = Spelling & { stoodFor: string }

export function searchFor(canaries: Canaries): Search {
  // By their first two bytes: most places of a file are passed with one look.
  const byStart: Wanted[][] = []
  for (const { stoodFor, value } of canaries.all()) {
    for (const spelling of spellings(value)) {
      const start = spelling.bytes.readUInt16BE(0)
      byStart[start] = [...(byStart[start] ?? []), { ...spelling, stoodFor }]
    }
  }
  const starts = new Uint8Array(65_536)
  for (const start of byStart.keys()) if (byStart[start] !== undefined) starts[start] = 1

  function inBytes(bytes: Buffer, where: string): Hit[] {
    const hits = new Map<string, Hit>()
    for (let at = 0; at < bytes.length - 5; at += 1) {
      const start = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
      if (starts[start] === 0) continue
      for (const { stoodFor, name, bytes: wanted } of byStart[start] ?? []) {
        if (wanted.length > bytes.length - at || wanted.compare(bytes, at, at + wanted.length) !== 0) continue
        hits.set(`${stoodFor} ${name}`, { stoodFor, spelling: name, where })
      }
    }
    return [...hits.values()]
  }

  return {
    inBytes,
    async inFolder(folder, but = []) {
      const hits: Hit[] = []
      for (const name of await readdir(folder, { recursive: true })) {
        const path = join(folder, name)
        const there = await stat(path).catch(() => undefined)
        if (!there?.isFile() || but.some(left => path.endsWith(left))) continue
        hits.push(...inBytes(await readFile(path), name), ...inBytes(Buffer.from(name), `name of ${name}`))
      }
      return hits
    },
  }
}
