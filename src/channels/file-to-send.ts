import type { Files } from './ports.ts'

/** What stands below words whose file does not come along. */
export const FILE_NOTES = {
  gone: '\n\n(Lampiran ini sudah tidak tersimpan.)',
  infected: '\n\n(Lampiran ini tidak dikirim: di dalamnya ditemukan virus.)',
} as const

type Found = { file: { mime: string; bytes: Uint8Array } | undefined; note: string }

/** The stored file that goes with a message, where there is one to be sent, and what is said where there is not. */
export async function fileToSend(files: Pick<Files, 'open'>, id: string | undefined): Promise<Found> {
  const found = id === undefined ? undefined : await files.open(id)
  if (found === 'infected') return { file: undefined, note: FILE_NOTES.infected }
  return { file: found, note: id !== undefined && found === undefined ? FILE_NOTES.gone : '' }
}
