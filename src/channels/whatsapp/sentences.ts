import { refusedInBoth } from '../refused-file.ts'

/** What is said at the door itself, before there is a message that the conversation could answer. Staff are spoken to in Indonesian alone. */
export const SENTENCES = {
  too_large: refusedInBoth('too_large'),
  unknown_type: refusedInBoth('unknown_type'),
  no_room: refusedInBoth('no_room'),
  unreadable: refusedInBoth('unreadable'),
  bound: 'Akun ini sekarang terdaftar sebagai petugas.',
  stranger:
    'Nomor ini hanya bekerja di grup meja layanan yang terdaftar. Bila ini grup meja layanan, mohon ketik /pasang dan kode dari admin. Tanpa itu, nomor ini keluar dari grup.',
  paired: 'Grup ini sekarang menjadi grup meja layanan. Ketik bantuan untuk melihat caranya.',
  bad_code: 'Kode ini tidak berlaku atau sudah dipakai. Mohon minta kode baru kepada admin.',
} as const

export type Notice = keyof typeof SENTENCES
