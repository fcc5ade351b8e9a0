import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, type Readable, Transform } from 'node:stream'
import { createInflateRaw } from 'node:zlib'

/** A file in a ZIP archive: where it is, and how large it says it is once unpacked. */
type Entry = { offset: number; packed: number; size: number; method: number }

/** A ZIP archive on the disk. `read` unpacks one of its files as it is asked for; undefined when there is none of that name. */
export type Zip = { read(name: string): Promise<Readable | undefined> }

const END = 0x06054b50
const DIRECTORY = 0x02014b50
/** The end record and the longest comment behind it. */
const TAIL = 22 + 65_535
/** Names of a spreadsheet's parts; an archive with more is something else. */
const MOST_BYTES_OF_NAMES = 4 * 1024 * 1024
/** Tables unpack to ten or thirty times their size, a bomb to a thousand times: one of 42 kB is given up before 10 MB have come of it. */
const MOST_TIMES = 100
const ALWAYS = 4 * 1024 * 1024

/** Reads an archive's list of files. Throws when it is none, or only half of one: the list stands at the end. */
export async function openZip(path: string): Promise<Zip> {
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    const tail = Buffer.alloc(Math.min(TAIL, size))
    await handle.read(tail, 0, tail.length, size - tail.length)
    const at = lastEnd(tail)
    if (at < 0) throw new Error('it is no whole ZIP archive: the list at its end is missing')
    const [length, offset] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)]
    if (length > MOST_BYTES_OF_NAMES || offset + length > size)
      throw new Error('its list of files is damaged')
    const names = Buffer.alloc(length)
    await handle.read(names, 0, length, offset)
    const entries = entriesIn(names)
    return { read: name => unpack(path, size, entries.get(name)) }
  } finally {
    await handle.close()
  }
}

function lastEnd(tail: Buffer): number {
  for (let at = tail.length - 22; at >= 0; at--) if (tail.readUInt32LE(at) === END) return at
  return -1
}

function entriesIn(names: Buffer): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  for (let at = 0; at + 46 <= names.length && names.readUInt32LE(at) === DIRECTORY; ) {
    const [name, extra, comment] = [28, 30, 32].map(place => names.readUInt16LE(at + place))
    const behind = at + 46 + (name ?? 0)
    entries.set(names.toString('utf8', at + 46, behind), {
      method: names.readUInt16LE(at + 10),
      packed: names.readUInt32LE(at + 20),
      size: names.readUInt32LE(at + 24),
      offset: names.readUInt32LE(at + 42),
    })
    at = behind + (extra ?? 0) + (comment ?? 0)
  }
  return entries
}

async function unpack(path: string, size: number, entry: Entry | undefined): Promise<Readable | undefined> {
  if (entry === undefined) return undefined
  const { offset, packed, method } = entry
  if (offset + 30 > size) throw new Error('its list of files is damaged')
  const handle = await open(path, 'r')
  const head = Buffer.alloc(30)
  await handle.read(head, 0, 30, offset).finally(() => handle.close())
  const start = offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
  if (method !== 0 && method !== 8) throw new Error('it is packed in a way that is not read here')
  if (start + packed > size) throw new Error('it is only half of a file')
  const raw = createReadStream(path, { start, end: Math.max(start, start + packed - 1) })
  if (method === 0) return raw
  // Whoever reads is told of a fault by the last of them.
  return pipeline(raw, createInflateRaw(), atMost(ALWAYS + MOST_TIMES * packed), () => undefined)
}

/** What an archive says of its files' sizes is the sender's word: counted is what comes. */
function atMost(most: number): Transform {
  let size = 0
  return new Transform({
    transform(piece: Buffer, _encoding, next) {
      size += piece.length
      next(size > most ? new Error('it unpacks to more than such a file does; save it as CSV') : null, piece)
    },
  })
}
