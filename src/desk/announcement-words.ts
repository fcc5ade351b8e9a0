import type { House } from '../offices/house.ts'
import type { Audience } from '../records/audience.ts'

const CORRECTED = {
  id: '*Ralat.* Pesan kami sebelumnya tentang hal ini berubah. Yang berlaku sekarang:',
  en: '*Correction.* What we told you about this before has changed. This holds now:',
}

/** Characters of an announcement: with what stands around it, it fits into one message everywhere. */
export const WORDS_MAX = 3000

/** A whole announcement as one reader gets it. */
export function announcementText(
  house: House,
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
      ? `${house.office.short}. Type *stop* to receive no more announcements.`
      : `${house.office.short}. Ketik *stop* bila tidak ingin menerima pengumuman lagi.`
  return [
    ...(correction ? [CORRECTED[own]] : []),
    words[own] ?? words.id,
    ...(isRecruitment ? recruitmentNotice(house, own) : []),
    end,
  ].join('\n\n')
}

/** What stands under everything about a selection of staff: no fee, one place to apply (domain.md §3.4). */
export function recruitmentNotice({ book }: House, language: 'id' | 'en'): string[] {
  const notice = book.house.phrases.recruitment_notice
  return notice === undefined ? [] : [notice[language] ?? notice.id]
}
