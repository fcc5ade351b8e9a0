import type { Reason } from './after-close.ts'

/** What desks are told of their number, once each time; 'not_scanned' and 'unreachable' are seen by whoever wanted to link it. */
export const NEEDS_STAFF: Partial<Record<Reason, string>> = {
  replaced:
    'WhatsApp kantor berhenti: nomor ini dibuka oleh perangkat atau server lain. Mohon admin memeriksanya, lalu menyambungkan lagi.',
  logged_out:
    'WhatsApp kantor terputus: perangkat tertaut dihapus dari ponsel. Mohon admin menautkan nomornya lagi.',
  forbidden:
    'WhatsApp kantor berhenti: WhatsApp menolak nomor ini, mungkin diblokir. Mohon admin memeriksa ponselnya. Telegram dan web tetap berjalan.',
  not_multi_device:
    'WhatsApp kantor terputus: ponselnya belum mendukung perangkat tertaut. Mohon admin memperbarui aplikasi dan menautkan lagi.',
  outdated:
    'WhatsApp kantor belum dapat tersambung: versi yang dipakai ditolak. Mohon admin memperbarui sistem.',
}

export const RESTRICTED =
  'WhatsApp membatasi nomor kantor ini: percakapan baru tidak dapat dimulai untuk sementara. Balasan kepada warga yang baru menulis tetap dikirim.'
