import { deflateRawSync, gzipSync } from 'node:zlib'
import sharp from 'sharp'
import { livelyPdfs, moving, strangers } from './more.ts'
import { otherOgg, voice } from './ogg.ts'
import { blackPng, plain, segment, textPng, withMetadata } from './pictures.ts'

export type Served = 'image/jpeg' | 'image/png' | 'application/pdf' | 'audio/ogg'

/**
 * One upload. `as` is what it must be served as; undefined when it must be refused, `either` when a picture or a refusal will do, `any` when
 * it is not known what it is.
 */
export type Hostile = {
  what: string
  name: string
  bytes: Uint8Array
  as: Served | undefined | 'either' | 'any'
}

const MB = 1024 * 1024

/** Names that are paths, commands, markup, or lie about what they are; none of it may matter. */
const NAMES = [
  '../../../etc/passwd.png',
  '..\\..\\windows\\win.png',
  '/etc/cron.d/x.png',
  'C:\\x.png',
  'a\0.html',
  'a\r\nSet-Cookie: x=y.png',
  'gnp.\u202egpj.exe',
  `${'x'.repeat(5000)}.png`,
  'CON',
  '.htaccess',
  '.',
  '..',
  '~/.ssh/authorized_keys',
  '<img src=x onerror=alert(1)>.svg',
  "'; drop table files; --.php",
  '$(reboot).sh',
  '%2e%2e%2fx.png',
  '\u{1F480}\u0000\uFFFF.png',
  'file:id:name.pdf',
]

/** Everything a hostile sender tries, made anew; `secret` stands in every place where something may hide. */
export async function corpus(secret: string): Promise<Hostile[]> {
  const [jpeg, png, webp] = await Promise.all(
    (['jpeg', 'png', 'webp'] as const).map(format => withMetadata(format, secret)),
  )
  if (jpeg === undefined || png === undefined || webp === undefined) throw new Error('No pictures.')
  const pdf = Buffer.from(`%PDF-1.7\n1 0 obj\n<< /Author (${secret}) >>\nendobj\n%%EOF\n`)
  const html = Buffer.from(`<!doctype html><script>alert('${secret}')</script>`)
  const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert('${secret}')</script></svg>`)
  const small = blackPng(8, 8)
  const all: Hostile[] = []
  const add = (what: string, name: string, bytes: Uint8Array, as: Hostile['as']) =>
    void all.push({ what, name, bytes, as })

  for (const name of NAMES) add('hostile name', name, small, 'image/png')
  for (let turn = 1; turn <= 8; turn += 1)
    add('metadata', `turned-${turn}.jpg`, await withMetadata('jpeg', secret, turn), 'image/jpeg')
  add('metadata', 'x.png', png, 'image/png')
  add('metadata', 'x.webp', webp, 'image/jpeg')
  for (const kind of ['tEXt', 'iTXt', 'eXIf'] as const)
    add('metadata', `${kind}.png`, textPng(secret, kind), 'either')
  for (const kind of ['zTXt', 'iCCP'] as const) add('bomb', `${kind}.png`, textPng(secret, kind), 'either')

  const pretenders: [string, Buffer][] = [
    ['html', html],
    ['svg', svg],
    ['svg with a head', Buffer.concat([Buffer.from('<?xml version="1.0"?>'), svg])],
    ['words', Buffer.from(secret)],
    ['json', Buffer.from('{"a":1}')],
    ['javascript', Buffer.from('alert(1)')],
    ['php', Buffer.from('<?php system($_GET[0]);')],
    ['a program for Windows', Buffer.concat([Buffer.from('MZ\x90\0', 'latin1'), Buffer.alloc(200)])],
    ['a program for Linux', Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), Buffer.alloc(200)])],
    ['zip', zip('../../x.txt', Buffer.from(secret))],
    ['zip bomb', zip('zero', Buffer.alloc(100 * MB))],
    ['gzip bomb', gzipSync(Buffer.alloc(100 * MB))],
    ['word', zip('[Content_Types].xml', Buffer.from('<Types/>'))],
    ['gif', await plain().gif().toBuffer()],
    ['tiff', await plain().tiff().toBuffer()],
    ['avif', await plain().avif({ effort: 0 }).toBuffer()],
    ['heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')],
    ['mp4', Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1')],
    ['mp3', Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1')],
    ['wav', Buffer.from('RIFF\x24\0\0\0WAVEfmt ', 'latin1')],
    ['zeroes', Buffer.alloc(5000)],
    ['one byte', Buffer.from('x')],
    ['a bare signature', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
    ['html with the head of a png', Buffer.concat([small.subarray(0, 8), html])],
    ['html with the head of a jpeg', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), html])],
    ['html before a pdf', Buffer.concat([html, pdf])],
    ['vorbis', otherOgg('\x01vorbis')],
    ['theora', otherOgg('\x80theora')],
    ['text in ogg', otherOgg('<script>alert(1)</script>')],
    ...strangers(secret),
  ]
  for (const [what, bytes] of pretenders) {
    for (const ending of ['png', 'jpg', 'pdf', 'ogg']) add(what, `foto.${ending}`, bytes, undefined)
  }
  for (const [from, bytes] of Object.entries({ jpeg, png, webp })) {
    for (let cut = 1; cut <= 12; cut += 1)
      add('truncated', `${from}-${cut}`, bytes.subarray(0, Math.floor((bytes.length * cut) / 13)), undefined)
    for (let seed = 1; seed <= 20; seed += 1)
      add('damaged', `${from}-${seed}`, damaged(bytes, seed), 'either')
    const is = from === 'png' ? 'image/png' : 'image/jpeg'
    for (const tail of [html, svg, zip('x', Buffer.from(secret)), pdf, jpeg])
      add('something behind', `${from}.html`, Buffer.concat([bytes, tail]), is)
  }
  const script = segment(0xfe, html)
  add(
    'script in a comment',
    'x.html',
    Buffer.concat([jpeg.subarray(0, 2), script, jpeg.subarray(2)]),
    'image/jpeg',
  )
  add('a page in a pdf', 'x.html', Buffer.concat([Buffer.from('%PDF-1.7\n'), html, pdf]), 'application/pdf')
  for (const [what, bytes] of livelyPdfs(secret))
    add(`a pdf with ${what}`, 'surat.pdf', bytes, 'application/pdf')
  for (const [what, bytes, as] of await moving()) add(what, 'foto.png', bytes, as)
  add('flood', 'x.png', blackPng(20_000, 20_000), undefined)
  add('flood', 'long.png', blackPng(60_000_000, 1), undefined)
  add('flood', 'as-many-as-may-be.png', blackPng(6300, 6300), 'image/png')
  add('flood', 'x.jpg', claiming(jpeg), undefined)
  add('flood', 'x.webp', await sharp(blackPng(8000, 6000)).webp({ effort: 0 }).toBuffer(), undefined)
  add('too large', 'x.pdf', Buffer.concat([pdf, Buffer.alloc(10 * MB + 1 - pdf.length)]), undefined)
  add(
    'as large as may be',
    'x.pdf',
    Buffer.concat([pdf, Buffer.alloc(10 * MB - pdf.length)]),
    'application/pdf',
  )
  add('a pdf', 'surat.pdf', pdf, 'application/pdf')
  for (const [name, sound] of Object.entries({
    junk: html,
    nothing: Buffer.alloc(0),
    zeroes: Buffer.alloc(MB),
  }))
    add('voice', `${name}.ogg`, voice(secret, sound), 'audio/ogg')
  return all
}

/** Forty bytes changed, always the same for one seed. */
function damaged(bytes: Buffer, seed: number): Buffer {
  const copy = Buffer.from(bytes)
  let state = seed
  for (let n = 0; n < 40; n += 1) {
    state = (state * 48_271) % 2_147_483_647
    copy[state % copy.length] = state & 0xff
  }
  return copy
}

/** A JPEG whose frame says it is 65,500 by 65,500. */
function claiming(jpeg: Buffer): Buffer {
  const copy = Buffer.from(jpeg)
  const frame = copy.indexOf(Buffer.from([0xff, 0xc0]))
  copy.writeUInt16BE(65_500, frame + 5)
  copy.writeUInt16BE(65_500, frame + 7)
  return copy
}

/** The shortest archive with one file in it; its sum is left out. */
function zip(name: string, bytes: Buffer): Buffer {
  const packed = deflateRawSync(bytes)
  const head = Buffer.alloc(30)
  head.write('PK\x03\x04', 0, 'latin1')
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(8, 8)
  head.writeUInt32LE(packed.length, 18)
  head.writeUInt32LE(bytes.length, 22)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, Buffer.from(name), packed])
}
