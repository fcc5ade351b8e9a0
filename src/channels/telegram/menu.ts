import type { BotCommand } from 'grammy/types'

/** The words of the house that stand in the bot's menu, and what they do in each language. */
const MENU = {
  menu: { id: 'Lihat semua layanan', en: 'See all services' },
  pengaduan: { id: 'Sampaikan pengaduan atau aspirasi', en: 'File a complaint or a suggestion' },
  status: { id: 'Lihat perkembangan laporan Anda', en: 'See how your report is doing' },
  petugas: { id: 'Bicara dengan petugas', en: 'Talk to a member of staff' },
  bantuan: { id: 'Cara memakai layanan ini', en: 'How to use this service' },
  bahasa: { id: 'Ganti bahasa', en: 'Change the language' },
  privasi: { id: 'Data apa yang disimpan', en: 'What data is kept' },
  batal: { id: 'Batalkan yang sedang berjalan', en: 'Cancel what is open' },
} as const satisfies Record<string, Record<'id' | 'en', string>>

export function menuIn(language: 'id' | 'en'): BotCommand[] {
  return Object.entries(MENU).map(([command, words]) => ({ command, description: words[language] }))
}
