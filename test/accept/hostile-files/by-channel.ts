import { randomUUID } from 'node:crypto'
import { openLog } from '../../../src/lib/log.ts'
import { openDb } from '../../../src/records/db.ts'
import { joinEmbedded } from '../../../src/records/embedded/start.ts'
import { openFileStore } from '../../../src/records/file-store.ts'
import { createSealing } from '../../../src/records/sealing.ts'
import { opened } from '../../helpers/opened.ts'
import { ringIn } from '../erase/renew.ts'
import { type Around, heard, type Voice } from '../erase/voices.ts'
import { linkNumber } from '../harness/linked-balai.ts'
import type { Hostile } from './corpus.ts'
import type { Way } from './judge.ts'

/** Longer than anybody waits for an answer, on a busy machine too. */
const PATIENCE_MS = 60_000
/** Of files, and of a voice message where nobody listens to one. */
const TOLD = /erkas|suara/

/** The platforms whose files the program fetches itself, as the records call them. */
const CHANNELS = { telegram: 'telegram', linked: 'whatsapp', cloud: 'whatsapp-cloud' } as const
export const PLATFORMS = Object.keys(CHANNELS) as (keyof typeof CHANNELS)[]

export type Channels = {
  through(platform: keyof typeof CHANNELS): Way
  /** Somebody on each platform writes this. */
  says(text: string): Promise<void>
  close(): Promise<void>
}

/** The platforms around a running program, each with a person for every file: whoever is told twice in a breath is told once. */
export async function openPlatforms(
  around: Around,
  url: string,
  dataDir: string,
  keyFile: string,
): Promise<Channels> {
  const { connection, stop } = await joinEmbedded({ dataDir, log: openLog('silent') })
  await linkNumber(connection, keyFile, around.whatsapp.number)
  await around.opened(url)
  const db = openDb(connection, { max: 4 })
  const store = openFileStore({
    db,
    sealing: createSealing(await ringIn(keyFile)),
    folder: `${dataDir}/files`,
  })

  async function somebody(platform: string): Promise<Voice> {
    const make = around.voices[platform]
    if (make === undefined) throw new Error(`Nobody can be on ${platform}.`)
    return make(`Warga ${randomUUID().slice(0, 8)}`)
  }

  async function filesOf(channel: string): Promise<string[]> {
    const { rows } = await db.pool.query<{ id: string }>(
      'select f.id::text from files f join conversations c on c.id = f.conversation_id where c.channel = $1',
      [channel],
    )
    return rows.map(({ id }) => id)
  }

  return {
    through: platform => ({
      async *pass(files) {
        const known = new Set(await filesOf(CHANNELS[platform]))
        for (const { bytes, name } of files) {
          const voice = await somebody(platform)
          await voice.sends(new Blob([new Uint8Array(bytes)]), name)
          // Kept or refused, the sender is told.
          await heard(voice, 0, TOLD, PATIENCE_MS).catch(() => {
            throw new Error(`Nobody was told what became of a file by ${platform}.`)
          })
          const id = (await filesOf(CHANNELS[platform])).find(one => !known.has(one))
          if (id !== undefined) known.add(id)
          const kept = id === undefined ? undefined : await opened(store, id)
          yield kept === undefined ? undefined : { mime: kept.mime, bytes: Buffer.from(kept.bytes) }
        }
      },
    }),
    async says(text) {
      for (const platform of PLATFORMS) {
        const voice = await somebody(platform)
        await voice.say(text)
        await heard(voice, 0, /./)
      }
    },
    async close() {
      await db.close()
      await stop()
    },
  }
}

/** One of each kind: what is done with bytes is tried whole at the door, and here only whether a channel's own way leads past it. */
export function oneOfEach(files: readonly Hostile[]): Hostile[] {
  const kinds = new Map<string, Hostile>()
  for (const file of files) {
    // Names are what channels hand over themselves: all of them.
    const kind =
      file.what === 'hostile name' || file.what === 'flood' ? `${file.what} ${file.name}` : file.what
    if (!kinds.has(kind)) kinds.set(kind, file)
  }
  return [...kinds.values()]
}
