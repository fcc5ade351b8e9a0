import type { Office } from '../offices/office.ts'
import type { Audience } from '../records/audience.ts'

/** No fee, one place to apply: stands under everything about recruitment (domain.md §3.4). */
export const FRAUD_LINE = {
  id: 'Seleksi ASN tidak dipungut biaya. Pendaftaran hanya melalui sscasn.bkn.go.id. Hati-hati calo dan tautan palsu.',
  en: 'ASN selection is free of charge. Applications are made at sscasn.bkn.go.id alone. Beware of brokers and false links.',
}

const CORRECTED = {
  id: '*Ralat.* Pesan kami sebelumnya tentang hal ini berubah. Yang berlaku sekarang:',
  en: '*Correction.* What we told you about this before has changed. This holds now:',
}

/** Characters of an announcement: with what stands around it, it fits into one message everywhere. */
export const WORDS_MAX = 3000

/** A whole announcement as one reader gets it. */
export function announcementText(
  office: Pick<Office, 'short'>,
  {
    words,
    audience,
    correction,
  }: { words: { id: string; en?: string }; audience: Audience; correction: boolean },
  language: string,
): string {
  const own = language === 'en' ? 'en' : 'id'
  const isRecruitment = audience.topic === 'vacancy' || audience.topic === 'stage'
  const end =
    own === 'en'
      ? `${office.short}. Type *stop* to receive no more announcements.`
      : `${office.short}. Ketik *stop* bila tidak ingin menerima pengumuman lagi.`
  return [
    ...(correction ? [CORRECTED[own]] : []),
    words[own] ?? words.id,
    ...(isRecruitment ? [FRAUD_LINE[own]] : []),
    end,
  ].join('\n\n')
}
