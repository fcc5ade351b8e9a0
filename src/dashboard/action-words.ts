import type { Seat } from './door.ts'
import { DUTY_WORDS } from './duty-words.ts'

/** What the log calls a deed, as people read it; the names of a ticket's verbs stand as they are. */
const WORDS: Record<string, { id: string; en: string }> = {
  signed_in: { id: 'masuk', en: 'signed in' },
  signed_out_everywhere: { id: 'keluar di semua perangkat', en: 'signed out everywhere' },
  sign_in_link_printed: { id: 'tautan masuk dicetak di server', en: 'sign-in link printed on the server' },
  sign_in_link_asked: { id: 'meminta tautan masuk dari bot', en: 'asked the bot for a sign-in link' },
  sign_in_link_given: { id: 'memberi tautan masuk', en: 'gave a sign-in link' },
  account_word_given: { id: 'memberi kode akun', en: 'gave a word for an account' },
  group_word_given: { id: 'memberi kode grup', en: 'gave a word for a group' },
  staff_added: { id: 'menambah petugas', en: 'added somebody' },
  staff_left: { id: 'mengeluarkan petugas', en: 'took somebody off the list' },
  factor_reset: { id: 'mengatur ulang kode ponsel', en: 'let the phone code be set up again' },
  ticket_seen: { id: 'melihat laporan', en: 'looked at a ticket' },
  ticket_elsewhere: { id: 'meneruskan ke SP4N-LAPOR!', en: 'passed on to SP4N-LAPOR!' },
  file_seen: { id: 'membuka berkas', en: 'opened a file' },
  identity_asked: { id: 'meminta membuka identitas', en: 'asked to open an identity' },
  identity_opened: { id: 'membuka identitas', en: 'opened an identity' },
  identity_agreed: { id: 'menyetujui pembukaan identitas', en: 'agreed to opening an identity' },
  identity_refused: { id: 'menolak pembukaan identitas', en: 'refused to open an identity' },
  export_asked: { id: 'meminta ekspor isi laporan', en: 'asked to export reports' },
  export_agreed: { id: 'menyetujui ekspor isi laporan', en: 'agreed to an export of reports' },
  export_refused: { id: 'menolak ekspor isi laporan', en: 'refused an export of reports' },
  reports_exported: { id: 'mengekspor isi laporan', en: 'exported reports' },
  tickets_exported: { id: 'mengekspor daftar laporan', en: 'exported the list of tickets' },
  figures_exported: { id: 'mengekspor angka', en: 'exported figures' },
  article_written: { id: 'menulis artikel', en: 'wrote an article' },
  article_published: { id: 'menyetujui artikel', en: 'agreed to an article' },
  article_dropped: { id: 'membuang naskah artikel', en: 'dropped a draft' },
  reply_changed: { id: 'mengubah jawaban siap pakai', en: 'changed a prepared reply' },
  affected_listed: { id: 'mendaftar warga yang terdampak', en: 'listed people affected by a breach' },
  log_read: { id: 'membaca jejak audit di server', en: 'read the audit log on the server' },
  house_left: { id: 'seluruh isi dikeluarkan di server', en: 'everything was taken out on the server' },
  log_checked: { id: 'memeriksa jejak audit', en: 'checked the audit log' },
}

export function actionWords(action: string, { language, t }: Pick<Seat, 'language' | 't'>): string {
  const [name = '', duty] = action.split(':')
  const words = WORDS[name]
  if (words !== undefined) return words[language]
  const known = Object.entries(DUTY_WORDS).find(([one]) => one === duty)?.[1][language] ?? ''
  if (name === 'duty_given') return t(`memberi tugas: ${known}`, `gave a duty: ${known}`)
  if (name === 'duty_taken') return t(`mencabut tugas: ${known}`, `took a duty back: ${known}`)
  return name.startsWith('ticket_') ? t(`laporan: ${name.slice(7)}`, `ticket: ${name.slice(7)}`) : action
}
