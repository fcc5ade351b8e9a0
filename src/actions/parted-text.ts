import type { Follower } from '../records/followers.ts'

/** What a citizen is told whose report is handled by itself again. */
export function partedText({ code, language }: Pick<Follower, 'code' | 'language'>): string {
  return language === 'en'
    ? `Your report ${code} is handled by itself again. What you wrote in it is unchanged, and answers keep coming here.`
    : `Laporan ${code} kembali ditangani tersendiri. Isinya tidak berubah, dan jawaban tetap datang di sini.`
}

/** What a citizen is told whose report was joined to another of the same matter; nothing of the other is in it. */
export function joinedText({ code, language }: Pick<Follower, 'code' | 'language'>): string {
  return language === 'en'
    ? `Your report ${code} is now handled together with other reports of the same matter. Nothing you wrote is lost, and every answer comes here. Type *stop following* if you would rather not.`
    : `Laporan ${code} kini ditangani bersama laporan lain tentang hal yang sama. Isinya tidak hilang, dan setiap jawaban tetap datang di sini. Bila tidak berkenan, ketik *berhenti ikut*.`
}
