import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { downloadMediaMessage, type WAMessage } from '@whiskeysockets/baileys'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { client } from '../../helpers/whatsapp/client.ts'
import { type FakeWhatsApp, startFakeWhatsApp } from '../../helpers/whatsapp/fake-whatsapp.ts'

let whatsapp: FakeWhatsApp
let bot: ReturnType<typeof client>
let siti: ReturnType<FakeWhatsApp['citizen']>

beforeAll(async () => {
  whatsapp = await startFakeWhatsApp({ claimsKeys: 20 })
  bot = client(whatsapp)
  await bot.links()
  siti = whatsapp.citizen('Siti')
})
afterEach(() => expect(whatsapp.problems).toEqual([]))
afterAll(async () => {
  await bot.closes()
  await whatsapp.close()
})

const bytes = Buffer.from('isi berkas yang cukup panjang untuk lebih dari satu blok')
const download = (message: WAMessage) => downloadMediaMessage(message, 'buffer', {})

it('what a citizen sends can be fetched and deciphered', async () => {
  siti.sendsPhoto(bytes, { caption: 'jalan rusak' })
  siti.sendsVoice(bytes)
  siti.sendsDocument(bytes, { name: 'ktp.pdf', caption: 'KTP' })
  siti.sendsVideo(bytes)
  await whatsapp.until(() => bot.got.length === 4)
  for (const { message } of bot.got) expect(await download(message)).toEqual(bytes)
  expect(siti.sees()).toEqual([
    'Siti: (photo) jalan rusak',
    'Siti: (voice)',
    'Siti: (document ktp.pdf) KTP',
    'Siti: (video)',
  ])
})

it('what the number sends is deciphered by the phone', async () => {
  await bot.sock.sendMessage(siti.lid, {
    document: bytes,
    mimetype: 'application/pdf',
    fileName: 'surat.pdf',
  })
  await whatsapp.until(() => siti.sees().at(-1) === 'Balai: (document surat.pdf)')
  const shown = siti.messages().at(-1)
  expect(shown && whatsapp.opens(shown)).toEqual(bytes)
})

it('may be refused, or gone from the host until the phone brings it again', async () => {
  whatsapp.breaks({ on: 'upload', times: 1, harm: { error: 503 } })
  const document = { document: bytes, mimetype: 'application/pdf', fileName: 'a.pdf' }
  await expect(bot.sock.sendMessage(siti.lid, document)).rejects.toThrow('upload failed')
  bot.got.length = 0
  const said = siti.sendsPhoto(bytes)
  const { message } = await whatsapp.until(() => bot.got[0])
  whatsapp.expires(said)
  await expect(download(message)).rejects.toThrow('Failed to fetch')
  await bot.sock.updateMediaMessage(message)
  expect(await download(message)).toEqual(bytes)
  whatsapp.breaks({ on: 'download', times: 1, harm: { error: 500 } })
  await expect(download(message)).rejects.toThrow()
})

it('another process believes in it with a preload and two variables', async () => {
  siti.sendsPhoto(bytes)
  const { messages } = siti
  const url = messages().at(-1)?.content.imageMessage?.url
  const script = `
    import { WA_CERT_DETAILS } from '@whiskeysockets/baileys'
    const { status } = await fetch(${JSON.stringify(url)})
    process.stdout.write(status + ' ' + WA_CERT_DETAILS.PUBLIC_KEY.toString('hex'))`
  const preload = new URL('../../helpers/whatsapp/trust-fake.ts', import.meta.url).href
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', preload, '--input-type=module', '-e', script],
    { env: { ...process.env, ...whatsapp.env } },
  )
  expect(stdout).toBe(`200 ${whatsapp.trusted.root}`)
})
