/** The states of a ticket (design §5). A draft is a conversation, not a ticket. */
export const STATUSES = [
  'received',
  'verifying',
  'forwarded',
  'in_progress',
  'waiting_citizen',
  'answered',
  'closed',
  'not_ours',
  'archived',
  'withdrawn',
] as const
export type Status = (typeof STATUSES)[number]

/** As a citizen and staff read it. */
export const STATUS_WORDS: Record<Status, { id: string; en: string }> = {
  received: { id: 'diterima', en: 'received' },
  verifying: { id: 'diverifikasi', en: 'being verified' },
  forwarded: { id: 'diteruskan ke unit terkait', en: 'passed on to the unit concerned' },
  in_progress: { id: 'sedang diproses', en: 'in progress' },
  waiting_citizen: { id: 'menunggu kelengkapan dari pelapor', en: 'waiting for information from you' },
  answered: { id: 'sudah ditanggapi', en: 'answered' },
  closed: { id: 'selesai', en: 'closed' },
  not_ours: { id: 'bukan kewenangan kantor ini', en: 'not this office’s authority' },
  archived: { id: 'diarsipkan', en: 'archived' },
  withdrawn: { id: 'dibatalkan pelapor', en: 'withdrawn by you' },
}

/** States in which the office is waited for: its clocks run. */
export const WORKING: readonly Status[] = ['received', 'verifying', 'forwarded', 'in_progress']

/** States in which nothing more is expected of the office. */
export const ENDED: readonly Status[] = ['closed', 'not_ours', 'archived', 'withdrawn']

/** Why a ticket was declined, as domain.md §2.4 lists the customary codes; the citizen is told in these words. */
export const REASONS: Record<string, { id: string; en: string }> = {
  tidak_jelas: { id: 'isi laporan belum cukup jelas', en: 'the report is not clear enough' },
  tidak_lengkap: { id: 'data yang diperlukan belum lengkap', en: 'required information is missing' },
  bukan_kewenangan: { id: 'bukan kewenangan kantor ini', en: 'this is not within our authority' },
  duplikat: { id: 'sudah ada laporan yang sama', en: 'the same matter was already reported' },
  proses_hukum: { id: 'sedang dalam proses hukum', en: 'it is before the law' },
  ujaran_sara_atau_kasar: {
    id: 'memuat ujaran SARA atau kata kasar',
    en: 'it contains hateful or abusive words',
  },
  spam: { id: 'bukan laporan', en: 'it is not a report' },
  bukan_layanan_publik: { id: 'bukan tentang layanan publik', en: 'it is not about a public service' },
}
