import { html } from 'hono/html'
import { isVerb, type VerbName } from '../desk/verbs.ts'
import { preparedReplies } from '../records/prepared-replies.ts'
import { saveView } from '../records/saved-views.ts'
import { standOf } from '../records/second-person.ts'
import { readTicketCode } from '../records/ticket-code.ts'
import { closeMany } from './close-many.ts'
import type { DeskRoute, Seat } from './door.ts'
import { READERS } from './duty-words.ts'
import { live } from './live.ts'
import { openIdentity } from './open-identity.ts'
import { deskPage, goTo, linkTo } from './page.ts'
import { passElsewhere } from './pass-elsewhere.ts'
import { readTicket } from './read-ticket.ts'
import { ticketFile } from './ticket-file.ts'
import type { Kept } from './ticket-forms.ts'
import { type Opened, ticketPage } from './ticket-page.ts'
import { showWorkList } from './work-list-page.ts'
import { workOnTicket } from './work-on-ticket.ts'

/** The work of a desk: its list, one ticket, and all that is done with it. */
export const TICKETS: DeskRoute[] = [
  { method: 'get', path: '/tickets', for: READERS, answer: seat => showWorkList(seat) },
  { method: 'post', path: '/tickets/close', for: ['supervisor'], answer: closeMany },
  { method: 'get', path: '/live', for: READERS, stays: true, answer: live },
  { method: 'post', path: '/views', for: READERS, answer: keepView },
  { method: 'get', path: '/tickets/:code', for: READERS, answer: seat => showTicket(seat, {}) },
  { method: 'post', path: '/tickets/:code', for: READERS, takesFile: true, answer: doDeed },
  { method: 'get', path: '/tickets/:code/files/:id', for: READERS, answer: ticketFile },
  {
    method: 'post',
    path: '/tickets/:code/open',
    for: READERS,
    proved: true,
    answer: seat => openIdentity(seat, showTicket),
  },
  {
    method: 'post',
    path: '/tickets/:code/elsewhere',
    for: READERS,
    answer: seat => passElsewhere(seat, showTicket),
  },
]

/** Verbs a page offers; the others are the group's own. */
const NOT_HERE: ReadonlySet<VerbName> = new Set<VerbName>(['look', 'who', 'draft', 'phrasing'])
/** The longest thing a citizen is told in one message. */
const MOST_WORDS = 4000

export type ShowTicket = typeof showTicket

async function showTicket(
  seat: Seat,
  more: { said?: { text: string; good: boolean }; kept?: Kept; opened?: Opened },
): Promise<Response> {
  const { door, house, member, c, t } = seat
  const code = readTicketCode(c.req.param('code') ?? '')
  const read = code === undefined ? undefined : await readTicket(seat, code)
  if (read === undefined) return noTicket(seat)
  const { id } = read.ticket
  const [replies, second] = await Promise.all([
    preparedReplies(door.db.pool, house.office.id),
    standOf(door.db.pool, { what: 'identity', subject: id, by: member.id }),
  ])
  const done = c.req.query('done')
  const said = more.said ?? (done === undefined ? undefined : { text: t('Tersimpan.', 'Saved.'), good: true })
  return ticketPage(seat, { ...more, read, replies, second, said })
}

/** The same for a ticket of another desk and for one that never was. */
function noTicket(seat: Seat): Response | Promise<Response> {
  const { t } = seat
  const text = t(
    'Tidak ada laporan dengan kode itu di meja Anda.',
    'There is no ticket of that code at your desks.',
  )
  return deskPage(
    seat,
    {
      title: t('Laporan tidak ditemukan', 'No such ticket'),
      body: html`<p><a href="${linkTo(seat, '/tickets')}">${t('Ke daftar laporan', 'To the list')}</a></p>`,
      said: { text, good: false },
    },
    404,
  )
}

async function doDeed(seat: Seat): Promise<Response> {
  const { c, form, t } = seat
  const code = readTicketCode(c.req.param('code') ?? '') ?? ''
  const verb = form.of('verb')
  const key = form.of('key')
  if (!isVerb(verb) || NOT_HERE.has(verb) || !/^[0-9a-f-]{36}$/.test(key))
    return showTicket(seat, {
      ...(isVerb(verb) ? { kept: { verb, words: form.of('words') } } : {}),
      said: {
        text: t(
          'Formulir ini tidak lengkap, jadi tidak ada yang dilakukan. Isi sekali lagi.',
          'This form was not whole, so nothing was done. Please fill it in once more.',
        ),
        good: false,
      },
    })
  const words = form.of('words') || (verb === 'reply' ? await preparedWords(seat) : '')
  const kept = { verb, words }
  if (words.length > MOST_WORDS)
    return showTicket(seat, {
      kept,
      said: {
        text: t(
          `Terlalu panjang: paling banyak ${MOST_WORDS} huruf.`,
          `Too long: ${MOST_WORDS} letters at most.`,
        ),
        good: false,
      },
    })
  const stored = await storeFile(seat, verb)
  if (typeof stored === 'object') return showTicket(seat, { kept, said: { text: stored.why, good: false } })
  const done = await workOnTicket(seat, { code, verb, words, key, file: stored })
  if (done.is === 'gone') return noTicket(seat)
  if (done.is === 'refused') return showTicket(seat, { kept, said: { text: done.text, good: false } })
  return goTo(seat, `/tickets/${code}?done=${verb}`)
}

/** Keeps a file that goes with an answer; its id, '' without one, or why it is not taken. */
async function storeFile({ door, house, form, t }: Seat, verb: VerbName): Promise<string | { why: string }> {
  const given = verb === 'reply' ? form.file('file') : undefined
  if (given === undefined) return ''
  const stored = await door.files.put(house.office.id, new Uint8Array(await given.arrayBuffer()), 'berkas')
  // What nobody could be handed is not sent: whoever attached it is the one to know.
  const isInfected = !('refused' in stored) && (await door.files.open(stored.id)) === 'infected'
  if (!('refused' in stored) && !isInfected) return stored.id
  const why = {
    infected: t(
      'Di dalam berkas ini ditemukan virus; jawaban belum dikirim.',
      'A virus was found in this file; the answer was not sent.',
    ),
    too_large: t('Berkas lebih dari 10 MB.', 'The file has more than 10 MB.'),
    unknown_type: t('Hanya foto (JPEG, PNG, WebP) dan PDF.', 'Photos (JPEG, PNG, WebP) and PDF alone.'),
    no_room: t(
      'Tempat penyimpanan hampir penuh; kirim tanpa berkas.',
      'There is hardly room left; send it without the file.',
    ),
  }
  return { why: why['refused' in stored ? stored.refused : 'infected'] }
}

/** Without a script the chosen sentence is taken as it is, where nothing else was typed. */
async function preparedWords({ door, house, form }: Seat): Promise<string> {
  const title = form.of('prepared')
  const replies = title === '' ? [] : await preparedReplies(door.db.pool, house.office.id)
  return replies.find(reply => reply.title === title)?.words ?? ''
}

async function keepView(seat: Seat): Promise<Response> {
  const { door, member, form } = seat
  const name = form.of('name').slice(0, 40)
  const query = form.of('query')
  if (name !== '' && !/[?&]q=/.test(query) && /^(\?[\w=&%+.-]{1,300})?$/.test(query))
    await saveView(door.db.pool, member.id, { name, query })
  return goTo(seat, `/tickets${query}`)
}
