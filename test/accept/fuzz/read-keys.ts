import { generateKeyPairSync } from 'node:crypto'
import { lockedBy, openKeys, sealKeys } from '../../../src/backup/key-envelope.ts'
import { readManifest as readBackup, isSealedBy as sealedBackup } from '../../../src/backup/manifest.ts'
import { openMedia } from '../../../src/channels/whatsapp/open-media.ts'
import { readManifest as readLeft, isSealedBy as sealedLeft } from '../../../src/leave/manifest.ts'
import { keyText, makeKeyring, readKeyText, ringMark } from '../../../src/records/keyring.ts'
import { mediaTypeOf } from '../../../src/records/media-type.ts'
import { averagesOf, indexOf } from '../../../src/surveys/index.ts'
import { readFigures } from '../../../src/surveys/read-figures.ts'
import type { Target } from './engine.ts'
import { must, mustBeBounded } from './must.ts'
import { orRefused, withFiles } from './scratch.ts'

const ring = makeKeyring()
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 3072 })
const sealed = await sealKeys(ring, { publicKey })
const json = (value: unknown) => JSON.stringify(value)
const sum = 'a'.repeat(64)
const steps = [{ hash: sum, at: 1795000000000 }]
const BACKUP = json({
  manifest: {
    format: 'balai-backup/1',
    madeAt: '2026-11-22T02:00:00Z',
    balai: '0.1.0',
    postgres: '18.0',
    steps,
    tables: [
      { name: 'public.tickets', file: 'tables/public.tickets', columns: ['id'], rows: 1, bytes: 9, sum },
    ],
    sequences: [{ name: 'public.seq', value: '7' }],
    files: { count: 0, bytes: 0, missing: 0, list: { bytes: 0, sum } },
    keys: 'abc',
  },
  seal: 'x',
})
const LEFT = json({
  manifest: {
    format: 'balai-house/1',
    madeAt: '2026-11-22T02:00:00Z',
    balai: '0.1.0',
    mode: 'trial',
    steps,
    tables: [
      {
        name: 'tickets',
        file: 'tables/tickets.jsonl',
        rows: 1,
        unreadable: 0,
        columns: ['id'],
        bytes: 9,
        sum,
      },
    ],
    files: { count: 0, bytes: 0, missing: 0, list: { bytes: 0, sum } },
    auditHeads: [{ office: 'medan', number: 1, mark: 'x' }],
    keys: 'abc',
  },
  seal: 'x',
})
const binary = (...parts: (string | number[])[]) =>
  parts.map(part => (typeof part === 'string' ? part : String.fromCharCode(...part))).join('')

/** What reads keys, backups, what another house left, figures, and bytes that say of themselves what they are. */
export const READ_KEYS: Readonly<Record<string, Target>> = {
  'key file': {
    is: 'json',
    seeds: [keyText(ring), keyText({ ...ring, next: { id: 2, key: ring.lookup } })],
    run(text) {
      const read = readKeyText(text)
      if (read === undefined) return
      must(read.lookup.length === 32 && read.outer.every(({ key }) => key.length === 32), 'is no key')
      const again = readKeyText(keyText(read))
      must(
        again !== undefined && ringMark(again) === ringMark(read),
        'is another ring when written and read again',
      )
    },
  },
  'sealed keys': {
    is: 'json',
    seeds: [sealed, json({ ...JSON.parse(sealed), by: 'passphrase', n: 2, r: 1, p: 1, salt: 'AAAA' })],
    async run(text) {
      lockedBy(text)
      for (const opener of [{ privateKey }, { passphrase: 'kata sandi contoh' }])
        await orRefused(async () => {
          const opened = await openKeys(text, opener)
          must(ringMark(opened) === ringMark(ring), 'opens to keys that were never sealed')
        })
    },
  },
  'backup manifest': {
    is: 'json',
    seeds: [BACKUP],
    run: text =>
      withFiles({ 'manifest.json': text }, async folder => {
        const read = await readBackup(folder)
        must(!sealedBackup(read, ring), 'was sealed by nobody')
        for (const { file } of read.manifest.tables) must(!file.includes('..'), 'leaves its folder')
      }),
  },
  'house manifest': {
    is: 'json',
    seeds: [LEFT],
    run: text =>
      withFiles({ 'manifest.json': text }, async folder => {
        const read = await readLeft(folder)
        must(!sealedLeft(read, ring), 'was sealed by nobody')
        for (const { file } of read.manifest.tables) must(!file.includes('..'), 'leaves its folder')
      }),
  },
  figures: {
    seeds: [
      '{"weight":"exact","averages":{"u1":3.5324,"u2":4}}',
      '{"weight":0.11,"rule":"2004","responses":[{"u1":4,"u2":3},{"u1":1,"u2":null}]}',
    ],
    run: text =>
      orRefused(() => {
        const { convention, rule, averages, responses } = readFigures(text)
        const names = [...new Set(responses?.flatMap(one => Object.keys(one)) ?? averages.keys())]
        const counted = responses === undefined ? undefined : averagesOf(names, responses)
        const result = indexOf(counted?.averages ?? averages, { convention, rule }, null)
        if (result === null || result === undefined) return
        mustBeBounded(result, text, 60)
        for (const number of [
          result.index,
          ...Object.values(result.elements).map(({ weighted }) => weighted),
        ])
          must(Number.isFinite(number), 'is no number')
      }),
  },
  'media type': {
    seeds: [
      binary([0xff, 0xd8, 0xff, 0xe0], '\0\x10JFIF\0'),
      binary([0x89], 'PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0'),
      'RIFF\x24\0\0\0WEBPVP8 ',
      '%PDF-1.7\n%âãÏÓ\n1 0 obj\n',
      'OggS\0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x13OpusHead\x01\x01',
      'PK\x03\x04\x14\0\0\0\0\0\0\0!\0aaaaaaaaaaaa\x08\0\0\0mimetypeapplication/epub+zip',
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
      'ID3\x04\0\0\0\0\0\x0a',
    ],
    async run(text) {
      const bytes = Buffer.from(text, 'latin1')
      const type = await mediaTypeOf(bytes)
      if (type === 'application/pdf') must(text.includes('%PDF'), 'is called a PDF')
      if (type === 'image/jpeg') must(bytes[0] === 0xff, 'is called a JPEG')
    },
  },
  'whatsapp media': {
    seeds: ['AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\fAAAA\f0123456789abcdef0123456789', 'x\fy\fz'],
    run(text) {
      const [key = '', hash = '', file = ''] = text.split('\f')
      for (const kind of ['image', 'document', 'audio'] as const)
        must(
          openMedia(Buffer.from(file, 'latin1'), { kind, key, hash }) === undefined,
          'opens without its key',
        )
    },
  },
}
