import { STATUSES, type Status } from '../records/statuses.ts'

/** One thing staff can do with a ticket: how it is written, where it is allowed, where it leads. */
export type Verb = {
  /** As a button, and as the word to type. */
  says: string
  /** Other ways of typing it. */
  also: string[]
  from: readonly Status[]
  /** What is said of the ticket once somebody did it, before their name; absent where there is more to say. */
  done?: string
  /** The state it leads to; absent when it changes nothing. */
  to?: Status
  /** What has to be typed along with it: words for the citizen, a note, a desk's name, a reason. */
  needs?: 'words' | 'desk' | 'reason'
  /** Asked for when a button was pressed or nothing was typed along. */
  prompt?: string
  /** Offered as a button on a card. */
  button: boolean
}

const OPEN = ['received', 'verifying', 'forwarded', 'in_progress', 'waiting_citizen', 'answered'] as const
const DONE = ['answered', 'closed', 'not_ours', 'archived', 'withdrawn'] as const

/** The table of the desk. A new verb is a row here and a case in `actions/work-ticket`. */
export const VERBS = {
  take: {
    says: 'ambil',
    also: ['take', 'saya ambil'],
    from: OPEN,
    to: 'in_progress',
    done: 'diambil',
    button: true,
  },
  reply: {
    says: 'balas',
    also: ['jawab', 'reply'],
    from: OPEN,
    to: 'answered',
    done: 'dibalas',
    needs: 'words',
    prompt: 'Silakan ketik jawaban untuk pelapor.',
    button: true,
  },
  ask: {
    says: 'minta data',
    also: ['tanya', 'ask'],
    from: OPEN,
    to: 'waiting_citizen',
    done: 'dimintai kelengkapan oleh',
    needs: 'words',
    prompt: 'Data apa yang perlu dilengkapi pelapor? Silakan ketik.',
    button: true,
  },
  note: {
    says: 'catatan',
    also: ['catat', 'note'],
    from: STATUSES,
    needs: 'words',
    prompt: 'Silakan ketik catatan. Pelapor tidak melihatnya.',
    button: true,
  },
  forward: {
    says: 'teruskan',
    also: ['forward'],
    from: OPEN,
    to: 'forwarded',
    done: 'diteruskan',
    needs: 'desk',
    prompt: 'Teruskan ke meja mana?',
    button: true,
  },
  decline: {
    says: 'tolak',
    also: ['decline'],
    from: OPEN,
    to: 'archived',
    done: 'ditolak',
    needs: 'reason',
    prompt: 'Apa alasannya?',
    button: true,
  },
  not_ours: {
    says: 'bukan wewenang',
    also: [],
    from: OPEN,
    to: 'not_ours',
    done: 'dinyatakan bukan wewenang oleh',
    needs: 'words',
    prompt: 'Ke mana pelapor sebaiknya menyampaikannya? Silakan ketik.',
    button: false,
  },
  resolve: {
    says: 'selesai',
    also: ['tutup', 'resolve'],
    from: OPEN,
    to: 'closed',
    done: 'diselesaikan',
    button: true,
  },
  reopen: {
    says: 'buka lagi',
    also: ['reopen'],
    from: DONE,
    to: 'in_progress',
    done: 'dibuka lagi oleh',
    button: false,
  },
  // *gabung A B*: A goes on, B is joined to it.
  merge: {
    says: 'gabung',
    also: ['gabungkan', 'merge'],
    from: OPEN,
    needs: 'words',
    prompt: 'Laporan mana yang digabungkan ke sini? Silakan ketik kodenya.',
    button: false,
  },
  part: { says: 'pisah', also: ['pisahkan', 'part'], from: STATUSES, button: false },
  talk: {
    says: 'bicara',
    also: ['ngobrol', 'talk'],
    from: OPEN,
    button: true,
  },
  release: {
    says: 'selesai bicara',
    also: ['akhiri bicara', 'selesai ngobrol', 'end talk'],
    from: STATUSES,
    button: false,
  },
  postpone: {
    says: 'tunda',
    also: ['postpone'],
    from: OPEN,
    needs: 'words',
    prompt:
      'Ditunda sampai tanggal berapa, dan apa alasannya? Contoh: 2 Desember menunggu berkas dari kecamatan.',
    button: true,
  },
  // *kirim semua KODE*: the last answer, to everybody else who asks the same and waits.
  share: { says: 'kirim semua', also: ['share'], from: OPEN, button: false },
  // *artikel KODE Apa pertanyaan umumnya?*, and below it an answer, if the last one will not do.
  article: {
    says: 'artikel',
    also: ['jadikan artikel'],
    from: STATUSES,
    needs: 'words',
    prompt:
      'Apa pertanyaan umumnya? Jawabannya diambil dari balasan terakhir, atau dari baris kedua bila Anda tulis.',
    button: false,
  },
  // *frasa KODE ID pertanyaan*: one more way of asking for an article there is.
  phrasing: {
    says: 'frasa',
    also: ['tambah frasa'],
    from: STATUSES,
    needs: 'words',
    prompt: 'Tulis ID artikel, lalu pertanyaannya. Bila belum tahu ID-nya, ketik tanda tanya saja.',
    button: false,
  },
  // *cabut KODE ID alasan*: an article is told no more.
  retire: {
    says: 'cabut',
    also: ['cabut artikel'],
    from: STATUSES,
    needs: 'words',
    prompt: 'Tulis ID artikel yang dicabut, lalu alasannya. Bila belum tahu ID-nya, ketik tanda tanya saja.',
    button: false,
  },
  block: {
    says: 'blokir',
    also: ['block'],
    from: STATUSES,
    needs: 'words',
    prompt: 'Apa alasannya? Pelapor akan membacanya. Boleh diawali lamanya: 7 hari kata-kata kasar.',
    button: false,
  },
  unblock: { says: 'buka blokir', also: ['unblock'], from: STATUSES, button: false },
  // A language model's draft of an answer, where one is configured. Nothing is sent by it.
  draft: { says: 'konsep', also: ['draft', 'draf'], from: OPEN, button: false },
  look: { says: 'lihat', also: ['look'], from: STATUSES, button: false },
  who: { says: 'siapa', also: ['who'], from: STATUSES, button: false },
} as const satisfies Record<string, Verb>

export type VerbName = keyof typeof VERBS

export function isVerb(name: string): name is VerbName {
  return Object.hasOwn(VERBS, name)
}
