import { VERBS, type VerbName } from './verbs.ts'

/** What each verb does, for who has never used it. */
const DOES: Record<VerbName, string> = {
  take: 'Anda yang menangani',
  reply: 'jawaban untuk pelapor; bila pesan itu Anda ubah, jawabannya ikut berubah',
  ask: 'bertanya kepada pelapor; batas waktu berhenti sampai dijawab',
  note: 'hanya untuk petugas; pelapor tidak melihatnya',
  forward: 'ke meja lain',
  decline: 'tidak dilanjutkan, dengan alasan dari daftar',
  not_ours: 'sebutkan ke mana pelapor sebaiknya menyampaikannya',
  resolve: 'menutup laporan; kata penutup perlu bila belum dijawab',
  reopen: 'mengerjakan lagi laporan yang sudah ditutup',
  merge: 'dua laporan tentang hal yang sama: gabung KODE KODE-LAIN',
  part: 'laporan yang digabung berdiri sendiri lagi',
  talk: 'berbicara langsung dengan pelapor; bot diam',
  release: 'bot menjawab lagi',
  postpone: 'dengan tanggal dan alasan: tunda KODE 2 Desember menunggu berkas',
  share: 'jawaban terakhir untuk semua yang menanyakan hal yang sama',
  article: 'hanya kepala atau admin; jawaban terakhir menjadi artikel: artikel KODE Pertanyaan umum?',
  phrasing: 'hanya kepala atau admin; cara bertanya lain untuk artikel: frasa KODE ID-ARTIKEL pertanyaan',
  retire: 'hanya kepala atau admin; artikel tidak disampaikan lagi: cabut KODE ID-ARTIKEL alasan',
  block: 'hanya kepala atau admin: blokir KODE 7 hari kata-kata kasar',
  unblock: 'hanya kepala atau admin',
  draft: 'konsep jawaban dari mesin, untuk diperbaiki; tidak ada yang terkirim',
  look: 'seluruh isi dan riwayatnya',
  who: 'siapa yang menangani',
}

const VERB_LINES = (Object.keys(DOES) as VerbName[]).map(name => `• *${VERBS[name].says}*: ${DOES[name]}`)

/** `/bantuan` in a desk's group: how it is worked in, without knowing anything before. */
export const HELP_TEXT = `Perintah di grup ini. Ada tiga cara:
1. Tekan tombol di bawah kartu; di WhatsApp, balas kartu itu dengan nomornya. Bila diminta mengetik, ketik saja; *batal* bila tidak jadi.
2. Balas kartu atau pesan pelapor: balasan itu langsung sampai kepada pelapor.
3. Ketik kode dan perintah: #7K4QXH balas Terima kasih, sudah kami tindak lanjuti. Cukup # dan enam huruf terakhir kodenya; kode lengkap atau urutan sebaliknya juga boleh: ambil LSM-2611-7K4QXH. Di topik laporan atau sebagai balasan kartu, kode tidak perlu: /ambil.
Pesan lain di sini hanya obrolan petugas dan tidak sampai kepada pelapor, kecuali selama *bicara*.

${VERB_LINES.join('\n')}

Pengumuman untuk warga yang memintanya; yang menyetujui selalu orang lain (kepala atau admin):
• *umumkan untuk lowongan: teks*, lalu *pratinjau*, *setujui*, *kirim*, *hentikan*, *koreksi*, *kemajuan* dengan kodenya: setujui P-7K4QX`
