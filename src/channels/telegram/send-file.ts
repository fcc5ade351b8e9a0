import { type Api, InputFile } from 'grammy'
import type { Message } from 'grammy/types'
import { meaningOf } from './answers.ts'
import type { Client } from './client.ts'

/** UTF-16 units Telegram takes below a file. */
export const CAPTION_MAX = 1024

type Extra = NonNullable<Parameters<Api['sendDocument']>[2]>
type File = { mime: string; bytes: Uint8Array }

const NAMES: Record<string, string> = {
  'image/jpeg': 'foto.jpg',
  'image/png': 'foto.png',
  'application/pdf': 'berkas.pdf',
  'audio/ogg': 'suara.ogg',
}

/** Sends a stored file as what it is. A picture Telegram cannot show (very long ones) goes as a document. */
export async function sendFile(client: Client, chat: number, file: File, extra: Extra): Promise<Message> {
  const { mime, bytes } = file
  // A fresh one for each call: it can be read once only.
  const whole = () => new InputFile(bytes, NAMES[mime] ?? 'berkas')
  if (mime === 'audio/ogg') return client.ask(api => api.sendVoice(chat, whole(), extra))
  if (mime.startsWith('image/')) {
    try {
      return await client.ask(api => api.sendPhoto(chat, whole(), extra))
    } catch (error) {
      if (meaningOf(error) !== 'bad_photo') throw error
    }
  }
  return client.ask(api => api.sendDocument(chat, whole(), extra))
}
