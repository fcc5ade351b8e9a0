import { expect, it } from 'vitest'
import { UNCLEAR_TIME } from '../../src/actions/draft-announcement.ts'
import { spokenRefusal } from '../../src/dashboard/desk-refusals.ts'
import { HOW_TO_ANNOUNCE, readDraft } from '../../src/desk/announcement-draft.ts'
import { testDatabase } from '../helpers/database.ts'
import { openDeskHouse, type Visitor } from '../helpers/desk-house.ts'
import { codeIn, fileComplaint, houses, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const house = openDeskHouse({ db, line, houses })
const rina = await house.comes({ name: 'Rina' })
const head = await house.comes({ name: 'Kepala', role: 'head' })
const code = codeIn(await fileComplaint(line, 'ani'))

let keys = 0
/** What a page says of a deed that is not done. */
async function told(who: Visitor, path: string, form: Record<string, string>, language: string) {
  keys += 1
  const key = `00000000-0000-4000-8000-${String(keys).padStart(12, '0')}`
  const answer = await who.post(`/desk/lhokseumawe${path}?language=${language}`, { ...form, key })
  expect(answer.status).toBe(422)
  const [, said = ''] = /class="said-so bad">([\s\S]*?)<\/p>/.exec(await answer.text()) ?? []
  return said
}

it.each([
  ['forward', 'ke mana saja', /^There is no desk/],
  ['forward', 'general', /is at this desk already/],
  ['decline', 'entah', /^The reason has to be one of/],
  ['reopen', '', /cannot be done/],
  ['merge', 'LSM-2611-000000', /no (ticket|number)/],
  ['merge', code, /cannot be joined to itself/],
  ['part', '', /is not joined to any/],
  ['postpone', 'entah kapan', /until which day/],
  ['postpone', '2 Desember 2027 menunggu berkas', /days at most/],
  ['postpone', 'besok', /for what reason/],
  ['release', '', /no talk going on/],
  ['share', '', /no answer yet that could be sent/],
  ['article', 'Apa?', /only a head or an admin changes articles/],
  ['block', 'kata-kata kasar', /only a head or an admin blocks/],
  ['unblock', '', /only a head or an admin blocks/],
])('why "%s" with %j is not done is told in the language of the page', async (verb, words, english) => {
  const form = { verb, words }
  expect(await told(rina, `/tickets/${code}`, form, 'en')).toMatch(english)
  expect(await told(rina, `/tickets/${code}`, form, 'id')).not.toMatch(english)
})

it.each([
  ['article', 'Apa?', /question is too short/],
  ['article', 'Bagaimana cara pindah tugas?', /no answer yet/],
  ['retire', 'tidak-ada sudah lama', /no such article/],
  ['block', '999 hari kata-kata kasar', /days at most/],
  ['block', '7 hari', /for what reason/],
  ['unblock', '', /is not blocked/],
])('so it is for a head: %s, %j', async (verb, words, english) => {
  expect(await told(head, `/tickets/${code}`, { verb, words }, 'en')).toMatch(english)
})

it.each([
  UNCLEAR_TIME,
  HOW_TO_ANNOUNCE,
  ...['untuk siapa saja: teks', 'untuk lowongan kapal: teks', 'pendek', 'x'.repeat(9000)].map(wrongWith),
  wrongWith('Buka bit.ly/contoh untuk mendaftar pelatihan ini.'),
  wrongWith('Nomor 1234567890123456 dipanggil untuk datang ke kantor.'),
  'P-7K4QX sudah disetujui oleh Kepala.',
  'P-7K4QX tidak lagi menunggu persetujuan.',
  'P-7K4QX belum disetujui. Orang lain, kepala atau admin, mengetik: setujui P-7K4QX',
  'P-7K4QX sudah dikirim atau dihentikan. Ketik: kemajuan P-7K4QX',
  'Rina: P-7K4QX Anda susun sendiri. Orang lain, kepala atau admin, yang menyetujuinya.',
])('of an announcement as well: %s', said => {
  expect(spokenRefusal(said, 'en')).not.toBe(said)
  expect(spokenRefusal(said, 'id')).toBe(said)
})

function wrongWith(words: string): string {
  const read = readDraft(words)
  if ('wrong' in read) return read.wrong
  throw new Error(`It may be announced: ${words}`)
}
