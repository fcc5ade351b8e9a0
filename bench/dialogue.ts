/**
 * The complaint every variant walks: choice by button, text, location, photo or skip, contact, confirm.
 * Longer dialogues put further open questions before the confirmation.
 */

export type Accept = 'choice' | 'text' | 'location' | 'photo' | 'contact' | 'confirm'
export type Question = { name: string; accept: Accept; ask: string; retry: string }
export type Answers = Record<string, string>
export type Dialogue = { questions: Question[]; thanks: string }

export const OPENING = 'lapor enam'
export const SKIP = 'lewati'
export const TOO_SHORT = 'pendek'
export const SHORTEST_DESCRIPTION = 15
export const SHORTEST_TEXT = 3
export const TOPICS: Answers = {
  layanan: 'Layanan dan waktu tunggu',
  petugas: 'Sikap petugas',
  rekrutmen: 'Rekrutmen dan seleksi',
  aspirasi: 'Saran dan harapan',
}
/** What the confirmation lists, whatever the dialogue's length: more would not fit one Telegram message. */
export const SHOWN = ['topic', 'description', 'place', 'photo', 'contact']

const MORE = 'Sedikit lagi, ya. Apa yang terjadi, dan sejak kapan?'
const OPENERS: Question[] = [
  { name: 'topic', accept: 'choice', ask: 'Tentang apa laporan Anda?', retry: 'Pilih salah satu, ya.' },
  { name: 'description', accept: 'text', ask: 'Apa yang terjadi? Ceritakan saja.', retry: MORE },
  {
    name: 'place',
    accept: 'location',
    ask: 'Di mana kejadiannya? Kirim lokasi.',
    retry: 'Kirim lokasi, ya.',
  },
  { name: 'photo', accept: 'photo', ask: 'Ada foto atau surat? Kirim gambar.', retry: 'Kirim gambar, ya.' },
  { name: 'contact', accept: 'contact', ask: 'Nomor telepon Anda?', retry: 'Kirim nomor telepon, ya.' },
]
const CONFIRM: Question = {
  name: 'check',
  accept: 'confirm',
  ask: 'Periksa laporan Anda. Kirim sekarang?',
  retry: 'Kirim sekarang?',
}

/** A dialogue of `length` questions, the confirmation among them; 6 is the complaint itself. */
export function dialogueOf(length: number): Dialogue {
  const further = Array.from({ length: length - OPENERS.length - 1 }, (_, n) =>
    furtherQuestion(n + OPENERS.length + 1),
  )
  return { questions: [...OPENERS, ...further, CONFIRM], thanks: 'Terima kasih. Laporan Anda bernomor' }
}

/** Steps cannot be called by a bare number, hence the letter. */
function furtherQuestion(n: number): Question {
  return {
    name: `q${n}`,
    accept: 'text',
    ask: `Pertanyaan nomor ${n}: apa lagi?`,
    retry: 'Sedikit lagi, ya.',
  }
}

/** What a citizen answers in this chat; every second one has no photo to show. */
export function answersOf(dialogue: Dialogue, chat: number): Answers {
  const topics = Object.keys(TOPICS)
  const answers: Answers = {
    topic: topics[chat % topics.length] ?? '',
    description: `SK kenaikan pangkat belum terbit sejak Maret, berkas ke-${chat}`,
    place: `${coordinates(chat).latitude},${coordinates(chat).longitude}`,
    photo: chat % 2 === 0 ? `foto-${chat}` : '',
    contact: `+62812${String(chat).padStart(8, '0')}`,
  }
  for (const question of dialogue.questions) {
    if (question.name.startsWith('q'))
      answers[question.name] = `Jawaban chat ${chat} untuk pertanyaan ${question.name}`
  }
  return answers
}

export function coordinates(chat: number): { latitude: number; longitude: number } {
  return { latitude: 3.5 + (chat % 1000) / 10_000, longitude: 98.5 + (chat % 1000) / 10_000 }
}

/** The confirmation as the peers say it; ours renders its review from the flow file. */
export function reviewOf(dialogue: Dialogue, answers: Answers): string {
  const ask = dialogue.questions.at(-1)?.ask ?? ''
  return [ask, ...SHOWN.map(name => `${name}: ${answers[name] ?? ''}`)].join('\n')
}
