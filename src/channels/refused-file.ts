import type { FileRefusal } from './ports.ts'

/** What somebody is told whose file is not kept. */
export const REFUSED_FILE: Record<FileRefusal['refused'], { id: string; en: string }> = {
  too_large: {
    id: 'Mohon maaf, berkas ini lebih dari 10 MB dan tidak disimpan. Mohon kirim yang lebih kecil.',
    en: 'Sorry, this file is larger than 10 MB and was not kept. Please send a smaller one.',
  },
  unknown_type: {
    id: 'Mohon maaf, jenis berkas ini tidak dapat diterima dan tidak disimpan. Mohon kirim foto, PDF, atau pesan suara.',
    en: 'Sorry, this kind of file cannot be taken and was not kept. Please send a photo, a PDF or a voice message.',
  },
  no_room: {
    id: 'Mohon maaf, foto dan berkas sedang tidak dapat kami simpan. Pesan tertulis tetap kami terima.',
    en: 'Sorry, photos and files cannot be kept right now. Written messages still reach us.',
  },
  unreadable: {
    id: 'Mohon maaf, berkas ini belum dapat kami ambil dan tidak disimpan. Mohon kirim sekali lagi.',
    en: 'Sorry, this file could not be fetched and was not kept. Please send it once more.',
  },
}

/** The same in both languages, where a platform does not say which one somebody reads. */
export function refusedInBoth(refused: FileRefusal['refused']): string {
  const { id, en } = REFUSED_FILE[refused]
  return `${id}\n\n${en}`
}
