import { DUTIES, type Duty } from '../records/duties.ts'

/** What each duty is called. */
export const DUTY_WORDS: Record<Duty, { id: string; en: string }> = {
  operator: { id: 'menangani laporan', en: 'works on reports' },
  supervisor: { id: 'mengawasi pekerjaan', en: 'supervises' },
  confidential: { id: 'menangani laporan terbatas', en: 'works on restricted reports' },
  broadcaster: { id: 'menulis pengumuman', en: 'writes announcements' },
  approver: { id: 'menyetujui', en: 'approves' },
  protection: { id: 'pelindung data pribadi', en: 'data protection' },
  administrator: { id: 'administrator', en: 'administrator' },
}

export const EVERYBODY: readonly Duty[] = DUTIES
/** Who reads reports, of the desks that are theirs. */
export const READERS: readonly Duty[] = ['operator', 'supervisor', 'confidential']
/** Who may propose what the office says. */
export const WRITERS: readonly Duty[] = ['operator', 'supervisor', 'approver']
