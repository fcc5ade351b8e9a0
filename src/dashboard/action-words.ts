import type { Seat } from './door.ts'
import { DUTY_WORDS } from './duty-words.ts'

/** What the log calls a deed, as people read it; the names of a ticket's verbs stand as they are. */
const WORDS: Record<string, { id: string; en: string }> = {
  signed_in: { id: 'masuk', en: 'signed in' },
  session_ended: { id: 'mengakhiri satu sesi sendiri', en: 'ended one own session' },
  signed_out_everywhere: { id: 'keluar di semua perangkat', en: 'signed out everywhere' },
  sign_in_link_printed: { id: 'tautan masuk dicetak di server', en: 'sign-in link printed on the server' },
  sign_in_link_asked: { id: 'meminta tautan masuk dari bot', en: 'asked the bot for a sign-in link' },
  sign_in_link_given: { id: 'memberi tautan masuk', en: 'gave a sign-in link' },
  account_word_given: { id: 'memberi kode akun', en: 'gave a word for an account' },
  group_word_given: { id: 'memberi kode grup', en: 'gave a word for a group' },
  staff_added: { id: 'menambah petugas', en: 'added somebody' },
  staff_left: { id: 'mengeluarkan petugas', en: 'took somebody off the list' },
  factor_given: { id: 'memberi kode ponsel', en: 'gave the phone code' },
  factor_wrong: { id: 'memberi kode ponsel yang salah', en: 'gave a wrong phone code' },
  factor_locked: { id: 'terkunci sesudah kode ponsel salah', en: 'was locked out after wrong phone codes' },
  page_refused: { id: 'ditolak membuka halaman', en: 'was refused a page' },
  log_seen: { id: 'membaca jejak audit', en: 'read the audit log' },
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
  vacancy_written: { id: 'menulis lowongan', en: 'wrote a vacancy' },
  vacancy_approved: { id: 'menyetujui lowongan', en: 'approved a vacancy' },
  vacancy_dropped: { id: 'membuang perubahan lowongan', en: 'dropped a change of a vacancy' },
  vacancy_withdrawn: { id: 'mencabut lowongan', en: 'withdrew a vacancy' },
  stage_written: { id: 'menulis tahap seleksi', en: 'wrote a stage' },
  stage_approved: { id: 'menyetujui tahap seleksi', en: 'approved a stage' },
  stage_dropped: { id: 'membuang perubahan tahap', en: 'dropped a change of a stage' },
  stage_withdrawn: { id: 'mencabut tahap seleksi', en: 'withdrew a stage' },
  agenda_written: { id: 'menulis agenda', en: 'wrote an event' },
  agenda_approved: { id: 'menyetujui agenda', en: 'approved an event' },
  agenda_dropped: { id: 'membuang perubahan agenda', en: 'dropped a change of an event' },
  agenda_withdrawn: { id: 'membatalkan agenda', en: 'cancelled an event' },
  table_imported: { id: 'mengimpor tabel', en: 'imported a table' },
  announcement_announce: { id: 'menyusun pengumuman', en: 'drafted an announcement' },
  announcement_approve: { id: 'menyetujui pengumuman', en: 'approved an announcement' },
  announcement_send: { id: 'mengirim pengumuman', en: 'sent an announcement' },
  announcement_halt: { id: 'menghentikan pengumuman', en: 'stopped an announcement' },
  announcement_correct: { id: 'mengoreksi pengumuman', en: 'corrected an announcement' },
  recipients_opened: { id: 'membuka alamat penerima', en: 'opened addresses of recipients' },
  survey_planned: { id: 'merencanakan tindak lanjut survei', en: 'planned what follows a survey' },
  survey_followed_up: { id: 'mencatat tindak lanjut survei', en: 'noted what followed a survey' },
  survey_served: { id: 'mengisi jumlah yang dilayani', en: 'noted how many were served' },
  survey_published: { id: 'mempublikasikan hasil survei', en: 'published survey results' },
  survey_report_seen: { id: 'membuka laporan survei', en: 'opened a survey report' },
  survey_exported: { id: 'mengekspor survei', en: 'exported a survey' },
  publish_asked: { id: 'meminta publikasi hasil survei', en: 'asked to publish survey results' },
  publish_agreed: { id: 'menyetujui publikasi hasil survei', en: 'agreed to publish survey results' },
  publish_refused: { id: 'menolak publikasi hasil survei', en: 'refused to publish survey results' },
  point_added: { id: 'menambah titik layanan', en: 'added a service point' },
  point_closed: { id: 'menutup titik layanan', en: 'closed a service point' },
  reply_changed: { id: 'mengubah jawaban siap pakai', en: 'changed a prepared reply' },
  whatsapp_qr_asked: { id: 'menautkan WhatsApp dengan QR', en: 'linked WhatsApp by QR' },
  whatsapp_code_asked: { id: 'menautkan WhatsApp dengan kode', en: 'linked WhatsApp by a code' },
  whatsapp_unlink_asked: { id: 'melepas tautan WhatsApp', en: 'unlinked WhatsApp' },
  wording_written: { id: 'mengusulkan kalimat', en: 'proposed a sentence' },
  wording_agreed: { id: 'menyetujui kalimat', en: 'agreed to a sentence' },
  wording_dropped: { id: 'membuang atau mencabut kalimat', en: 'dropped or took back a sentence' },
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
  if (name === 'place_changed')
    return t(`mengubah peran dan meja: ${duty}`, `changed role and desks: ${duty}`)
  if (name === 'duty_taken') return t(`mencabut tugas: ${known}`, `took a duty back: ${known}`)
  return name.startsWith('ticket_') ? t(`laporan: ${name.slice(7)}`, `ticket: ${name.slice(7)}`) : action
}
