/** What is said at the door itself, before there is a message that the conversation could answer. Staff are spoken to in Indonesian alone. */
export const SENTENCES = {
  too_large:
    'Mohon maaf, berkas ini lebih dari 10 MB dan tidak disimpan. Mohon kirim yang lebih kecil.\n\nSorry, this file is larger than 10 MB and was not kept.',
  unknown_type:
    'Mohon maaf, jenis berkas ini tidak dapat diterima dan tidak disimpan. Mohon kirim foto, PDF, atau pesan suara.\n\nSorry, please send a photo, a PDF or a voice message.',
  no_room:
    'Mohon maaf, foto dan berkas sedang tidak dapat kami simpan. Pesan tertulis tetap kami terima.\n\nSorry, files cannot be kept right now. Written messages still reach us.',
  unreadable:
    'Mohon maaf, berkas ini belum dapat kami ambil dan tidak disimpan. Mohon kirim sekali lagi.\n\nSorry, this file could not be fetched. Please send it once more.',
  bound: 'Akun ini sekarang terdaftar sebagai petugas.',
  stranger:
    'Nomor ini hanya bekerja di grup meja layanan yang terdaftar. Bila ini grup meja layanan, mohon ketik /pasang dan kode dari admin. Tanpa itu, nomor ini keluar dari grup.',
  paired: 'Grup ini sekarang menjadi grup meja layanan. Ketik bantuan untuk melihat caranya.',
  bad_code: 'Kode ini tidak berlaku atau sudah dipakai. Mohon minta kode baru kepada admin.',
} as const

export type Notice = keyof typeof SENTENCES
