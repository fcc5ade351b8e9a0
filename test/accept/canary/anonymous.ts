import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Balai } from './balai.ts'
import type { Canaries } from './canaries.ts'
import { type Chat, citizen } from './chat.ts'
import { phonePhoto } from './photo.ts'

/** A report that was filed over HTTP: by whom, under which message ids, and when. */
export type Filed = { address: string; ids: string[]; code: string; moments: [Date, Date]; last: number }

/** An anonymous report in everything a browser tells, with the process killed in the middle. */
export async function fileAnonymously(balai: Balai, canaries: Canaries): Promise<Filed> {
  const network = `2001:db8:${randomBytes(2).toString('hex')}:${randomBytes(2).toString('hex')}`
  const client = `${network}:${randomBytes(2).toString('hex')}::${randomBytes(2).toString('hex')}`
  canaries.note('client address', client)
  canaries.note('client network', network)
  const idPrefix = canaries.word('message ids')
  const chat = await citizen(balai.url, {
    language: 'id',
    idPrefix,
    headers: {
      'X-Forwarded-For': client,
      'User-Agent': canaries.word('browser'),
      'Accept-Language': canaries.word('language'),
      Referer: `https://contoh.example/${canaries.word('page before')}`,
      Cookie: `jejak=${canaries.word('cookie')}`,
    },
  })
  const secret = Buffer.from(chat.session, 'base64url')
  canaries.note('session', chat.session)
  canaries.note('session in bytes', secret)
  canaries.note('address', secret.subarray(0, 16).toString('base64url'))
  canaries.note('address in bytes', secret.subarray(0, 16))

  await chat.say('pengaduan')
  await chat.say('rekrutmen')
  await chat.say(`nama saya ${canaries.word('name nobody asked for')}`)
  await chat.say('anonim')
  await chat.say(`Seseorang bernama ${canaries.word('description')} menjanjikan kelulusan dengan imbalan`)
  await chat.say('kemarin')
  await chat.say(`Kantor ${canaries.word('place')}`)
  await chat.say(`Orang bernama ${canaries.word('who')}`)
  const photo = await phonePhoto(canaries.word('metadata of the photo'))
  await chat.send(photo, `${canaries.word('file name')}.jpg`, `keterangan ${canaries.word('caption')}`)
  await chat.hear('Mohon diperiksa dahulu')
  await balai.kill()
  await balai.start()
  // What the start itself writes down must not be taken for the moment of filing.
  await pause(5000)

  const filed = await finish(chat, `${idPrefix}-filing`)
  const receipt = /Tanda terima: \*(\S+)\*/.exec(filed.text)?.[1] ?? ''
  canaries.note('receipt', receipt)
  canaries.note('receipt without dashes', receipt.replaceAll('-', ''))
  return { ...filed, address: secret.subarray(0, 16).toString('base64url'), ids: idsOf(idPrefix, 9) }
}

/** The same with a name to it: what must be found by every search that finds nothing above. */
export async function fileOpenly(balai: Balai, canaries: Canaries): Promise<Filed> {
  const idPrefix = 'terbuka'
  const chat = await citizen(balai.url, { idPrefix })
  for (const text of [
    'pengaduan',
    'layanan',
    'terbuka',
    `Loket tutup, kata ${canaries.word('open description')}`,
  ]) {
    await chat.say(text)
  }
  for (const text of ['kemarin', 'Loket 3', 'lewati', 'lewati', canaries.word('open name')])
    await chat.say(text)
  const filed = await finish(chat, `${idPrefix}-filing`)
  const address = Buffer.from(chat.session, 'base64url').subarray(0, 16).toString('base64url')
  return { ...filed, address, ids: idsOf(idPrefix, 9) }
}

async function finish(
  chat: Chat,
  id: string,
): Promise<Pick<Filed, 'code' | 'moments' | 'last'> & { text: string }> {
  const before = new Date()
  await chat.say('kirim', id)
  const after = new Date()
  const { text, seq } = await chat.hear('Kode: *')
  // Read on after the last line: the client says by it that it has everything.
  await chat.read(seq)
  return { text, code: /Kode: \*(\S+)\*/.exec(text)?.[1] ?? '', moments: [before, after], last: seq }
}

function idsOf(prefix: string, count: number): string[] {
  return [...Array.from({ length: count }, (_, n) => `${prefix}-${n + 1}`), `${prefix}-filing`]
}
