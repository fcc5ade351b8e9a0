import { textAt } from '../json.ts'
import { NotTaken } from './answers.ts'
import type { Client } from './client.ts'
import type { CloudOptions, Times } from './ports.ts'

/** Meta keeps an upload for 30 days; we forget it well before. */
const KEPT_MS = 24 * 3_600_000
const REMEMBERED = 1_000

/** What a file is to Meta, and what it is called there. */
export type Kind = { as: 'image' | 'audio' | 'document'; name: string; mime: string }

const KINDS: Record<string, Kind> = {
  'image/jpeg': { as: 'image', name: 'foto.jpg', mime: 'image/jpeg' },
  'image/png': { as: 'image', name: 'foto.png', mime: 'image/png' },
  'audio/ogg': { as: 'audio', name: 'suara.ogg', mime: 'audio/ogg' },
  'application/pdf': { as: 'document', name: 'berkas.pdf', mime: 'application/pdf' },
}

/** Bytes Meta takes of each: files of ours are at most 10 MB, so the other kinds have room. */
const IMAGE_BYTES = 5 * 1024 * 1024

export type Uploaded = { id: string; kind: Kind }
export type NotBrought = 'gone' | 'infected' | 'too_large'

/**
 * Brings a stored file to Meta, once a day however often it is sent. 'gone': it is kept no longer; 'infected': a virus was
 * found in it; 'too_large': Meta takes no such picture. Rejects with NotTaken when there was no time for it: it goes on, and the next try finds it done.
 */
export type Upload = (client: Client, file: string, until: AbortSignal) => Promise<Uploaded | NotBrought>

export function createUpload({ files, times }: Pick<CloudOptions, 'files'> & { times: Times }): Upload {
  const known = new Map<string, { at: number; upload: Promise<Uploaded | NotBrought> }>()

  async function bring(client: Client, file: string): Promise<Uploaded | NotBrought> {
    const stored = await files.open(file)
    if (stored === 'infected') return 'infected'
    const kind = KINDS[stored?.mime ?? '']
    if (stored === undefined || kind === undefined) return 'gone'
    if (kind.as === 'image' && stored.bytes.length > IMAGE_BYTES) return 'too_large'
    const form = new FormData()
    form.set('messaging_product', 'whatsapp')
    form.set('type', kind.mime)
    form.set('file', new Blob([new Uint8Array(stored.bytes)], { type: kind.mime }), kind.name)
    const answer = await client.call(`${client.number.phone}/media`, form, AbortSignal.timeout(times.upload))
    const id = textAt(answer, 'id')
    if (id === undefined) throw new NotTaken({ meaning: 'unreachable', code: 0 })
    return { id, kind }
  }

  return (client, file, until) => {
    const name = `${client.number.office} ${file}`
    const now = performance.now()
    const before = known.get(name)
    if (before !== undefined && now - before.at < KEPT_MS) return orLate(before.upload, until)
    if (known.size >= REMEMBERED) known.clear()
    const upload = bring(client, file)
    known.set(name, { at: now, upload })
    // Only what is at Meta is worth knowing: whatever else came of it may be different next time.
    const forget = () => known.delete(name)
    upload.then(done => typeof done === 'string' && forget(), forget)
    return orLate(upload, until)
  }
}

/** Nothing has been said to anybody yet, so it is no matter of an unknown outcome. */
function orLate<T>(work: Promise<T>, until: AbortSignal): Promise<T> {
  return new Promise((done, fail) => {
    const late = () => fail(new NotTaken({ meaning: 'unreachable', code: 0 }))
    if (until.aborted) late()
    until.addEventListener('abort', late, { once: true })
    work.then(done, (error: unknown) =>
      fail(
        error instanceof NotTaken && error.reading.meaning === 'unknown'
          ? new NotTaken({ ...error.reading, meaning: 'unreachable' })
          : error,
      ),
    )
  })
}
