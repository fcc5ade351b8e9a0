import sharp from 'sharp'
import { EICAR } from '../../helpers/eicar.ts'
import { blackPng, chunk, plain } from './pictures.ts'

/** Pretenders that no rule of ours names: by what they are, none of them is taken. */
export function strangers(secret: string): [string, Buffer][] {
  const words = Buffer.from(secret.repeat(20))
  const with_ = (head: string) => Buffer.concat([Buffer.from(head, 'latin1'), words])
  return [
    ['a virus as scanners know it', Buffer.from(EICAR)],
    ['an old word document', with_('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')],
    ['rar', with_('Rar!\x1a\x07\x01\0')],
    ['7z', with_("7z\xbc\xaf'\x1c\0\x04")],
    ['tar', Buffer.concat([Buffer.from('x'.padEnd(257, '\0')), Buffer.from('ustar\x0000'), words])],
    ['rich text', with_('{\\rtf1\\ansi ')],
    ['postscript', with_('%!PS-Adobe-3.0\n')],
    ['a font', with_('OTTO\0\x0b\0\x80')],
    ['webm', with_('\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\x82\x84webm')],
    ['amr', with_('#!AMR\n')],
    ['m4a', with_('\0\0\0\x18ftypM4A \0\0\0\0M4A mp42')],
    ['flac', with_('fLaC\0\0\0\x22')],
    ['icon', with_('\0\0\x01\0\x01\0\x10\x10')],
    ['bmp', with_('BM\x46\0\0\0\0\0\0\0\x36\0\0\0')],
    ['psd', with_('8BPS\0\x01\0\0\0\0\0\0')],
    ['wasm', with_('\0asm\x01\0\0\0')],
    ['a shell script', with_('#!/bin/sh\ncurl http://127.0.0.1/\n')],
    ['a shortcut', with_('L\0\0\0\x01\x14\x02\0')],
  ]
}

/** PDFs that want to run, open, send or carry something. They are kept as they came, and never served as a page. */
export function livelyPdfs(secret: string): [string, Buffer][] {
  const pdf = (what: string) =>
    Buffer.from(
      `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R ${what} >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n`,
    )
  return [
    ['a script', pdf(`/OpenAction << /S /JavaScript /JS (app.alert\\("${secret}"\\)) >>`)],
    ['a program to start', pdf('/OpenAction << /S /Launch /F (cmd.exe) >>')],
    ['an address to call', pdf('/OpenAction << /S /URI /URI (http://127.0.0.1:1/x) >>')],
    ['a form to send', pdf('/AA << /WC << /S /SubmitForm /F (http://127.0.0.1:1/x) >> >>')],
    ['a file inside', pdf(`/Names << /EmbeddedFiles << /Names [(${secret}.exe) 3 0 R] >> >>`)],
    ['a virus inside', pdf(`/Info (${EICAR})`)],
  ]
}

/** Pictures of very many frames, or of one drawn again and again. */
export async function moving(): Promise<[string, Buffer, 'image/jpeg' | 'image/png' | 'either'][]> {
  return [
    ['ten thousand frames of png', manyFrames(10_000), 'image/png'],
    ['more frames than there are', manyFrames(3, 4_000_000_000), 'image/png'],
    ['a thousand frames of webp', await manyWebp(1_000), 'image/jpeg'],
    ['a jpeg of very many passes', await manyPasses(), 'either'],
  ]
}

/** An animated PNG; `said`: how many frames it says it has. */
function manyFrames(frames: number, said = frames): Buffer {
  const [side, still] = [64, blackPng(64, 64)]
  const number = (of: number) => {
    const four = Buffer.alloc(4)
    four.writeUInt32BE(of)
    return four
  }
  let sequence = 0
  const control = () =>
    chunk(
      'fcTL',
      Buffer.concat([...[sequence++, side, side, 0, 0].map(number), Buffer.from([0, 1, 0, 100, 0, 0])]),
    )
  const from = still.indexOf('IDAT')
  const pixels = still.subarray(from + 4, from + 4 + still.readUInt32BE(from - 4))
  const begun = blackPng(side, side, [chunk('acTL', Buffer.concat([number(said), number(0)])), control()])
  const rest = Array.from({ length: frames - 1 }, () => [
    control(),
    chunk('fdAT', Buffer.concat([number(sequence++), pixels])),
  ])
  return Buffer.concat([begun.subarray(0, -12), ...rest.flat(), begun.subarray(-12)])
}

async function manyWebp(frames: number): Promise<Buffer> {
  const side = 16
  const pixels = Buffer.alloc(side * side * frames * 3)
  for (let n = 0; n < pixels.length; n += 1) pixels[n] = (n * 2_654_435_761) & 255
  return sharp(pixels, { raw: { width: side, height: side * frames, channels: 3, pageHeight: side } })
    .webp({ effort: 0, loop: 0 })
    .toBuffer()
}

/** The last pass of a progressive JPEG, two thousand times. */
async function manyPasses(): Promise<Buffer> {
  const jpeg = await plain().resize(2_000, 2_000).jpeg({ progressive: true, quality: 20 }).toBuffer()
  const pass = jpeg.lastIndexOf(Buffer.from([0xff, 0xda]))
  const last = jpeg.subarray(pass, -2)
  const times = Math.min(2_000, Math.floor((9 * 1024 * 1024 - jpeg.length) / last.length))
  return Buffer.concat([jpeg.subarray(0, -2), ...Array<Buffer>(times).fill(last), jpeg.subarray(-2)])
}
