import { readCommand, typedCommand } from '../../../src/channels/telegram/command.ts'
import { translate as fromTelegram } from '../../../src/channels/telegram/translate.ts'
import { isUpdate } from '../../../src/channels/telegram/update-shape.ts'
import { clientAddress, trustedProxies } from '../../../src/channels/web/client-address.ts'
import { isOurLink } from '../../../src/channels/web/file-links.ts'
import { readId, readSaid, readStaff } from '../../../src/channels/web/read-message.ts'
import { openSession, readSession } from '../../../src/channels/web/session.ts'
import { translate as fromLinked } from '../../../src/channels/whatsapp/translate.ts'
import { parseBody, readNotice } from '../../../src/channels/whatsapp-cloud/read-notice.ts'
import { claimOf } from '../../../src/channels/whatsapp-cloud/signature.ts'
import { isEvent } from '../../../src/conversation/event-shape.ts'
import { readSignatureDay } from '../../../src/doctor/scanner.ts'
import { depthOf } from '../../../src/lib/json-depth.ts'
import { isPublicAddress } from '../../../src/lib/public-address.ts'
import { clamdAddress } from '../../../src/records/clamd.ts'
import { pinOf } from '../../../src/records/ticket-code.ts'
import { readVerdict } from '../../../src/records/virus-scan.ts'
import type { Target } from './engine.ts'
import { must, mustBeBounded, mustBeKeepable, mustBeMoment } from './must.ts'

const key = Buffer.alloc(32, 7)
const now = new Date('2026-11-22T02:00:00Z')
const json = (value: unknown) => JSON.stringify(value)
const from = { id: 5000000001, is_bot: false, first_name: 'Siti', language_code: 'id' }
const chat = { id: 5000000001, type: 'private' }
const said = { message_id: 7, date: 1795000000, chat, from }
const cloud = (message: unknown) =>
  json({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '1',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { phone_number_id: '100' },
              contacts: [{ profile: { name: 'Siti' }, wa_id: '620000000001' }],
              messages: [message],
            },
          },
        ],
      },
    ],
  })
const linked = (message: unknown) =>
  json({
    chat: '100000000000001@lid',
    chatAlt: '620000000001@s.whatsapp.net',
    id: '3EB0AA',
    at: 1795000000,
    called: 'Siti',
    message,
  })

/** What comes over the wire from anybody: updates and notices of platforms, bodies and addresses of the web. */
export const READ_WIRE: Readonly<Record<string, Target>> = {
  telegram: {
    is: 'json',
    seeds: [
      json({ update_id: 1, message: { ...said, text: '/start halo' } }),
      json({ update_id: 2, message: { ...said, photo: [{ file_id: 'a', file_size: 9 }], caption: 'foto' } }),
      json({
        update_id: 3,
        callback_query: { id: '9', from, data: 'o:kirim', message: { ...said, text: 'Kirim?' } },
      }),
      json({ update_id: 4, edited_message: { ...said, location: { latitude: 3.5, longitude: 98.6 } } }),
      json({
        update_id: 5,
        my_chat_member: {
          chat,
          from,
          date: 1,
          old_chat_member: { status: 'left' },
          new_chat_member: { status: 'member' },
        },
      }),
      json({
        update_id: 6,
        message: {
          ...said,
          chat: { id: -100, type: 'supergroup', is_forum: true },
          message_thread_id: 3,
          reply_to_message: said,
          new_chat_members: [from],
        },
      }),
    ],
    run(text) {
      const update: unknown = parsed(text)
      if (!isUpdate(update)) return
      const heard = fromTelegram(update, 'medan', 'balai_bot', now)
      mustBeBounded(heard, text)
      if (heard.is === 'said') mustBeMoment(heard.words.sentAt)
    },
  },
  'whatsapp cloud': {
    is: 'json',
    seeds: [
      cloud({
        from: '620000000001',
        id: 'wamid.A',
        timestamp: '1795000000',
        type: 'text',
        text: { body: 'halo' },
      }),
      cloud({
        from: '620000000001',
        id: 'wamid.B',
        timestamp: '1795000000',
        type: 'interactive',
        interactive: { type: 'button_reply', button_reply: { id: 'o:kirim', title: 'Kirim' } },
      }),
      cloud({
        from: '620000000001',
        id: 'wamid.C',
        timestamp: '1795000000',
        type: 'image',
        image: { id: '9', mime_type: 'image/jpeg', caption: 'foto' },
        context: { id: 'wamid.A' },
      }),
      cloud({
        from: '620000000001',
        id: 'wamid.D',
        timestamp: '1795000000',
        type: 'location',
        location: { latitude: 3.5, longitude: 98.6 },
      }),
      json({
        object: 'whatsapp_business_account',
        entry: [
          {
            changes: [
              {
                field: 'messages',
                value: {
                  metadata: { phone_number_id: '100' },
                  statuses: [{ id: 'wamid.E', status: 'failed', timestamp: '1', errors: [{ code: 131026 }] }],
                  errors: [{ code: 1 }],
                },
              },
            ],
          },
        ],
      }),
    ],
    run(text) {
      const notice = readNotice(parseBody(Buffer.from(text)), { office: 'medan', phone: '100', now })
      if (notice === undefined) return
      mustBeBounded(notice, text, 30)
      for (const heard of notice.heard)
        if ('words' in heard) mustBeMoment((heard.words as { sentAt: Date }).sentAt)
    },
  },
  'whatsapp linked': {
    is: 'json',
    seeds: [
      linked({ conversation: 'halo' }),
      linked({
        extendedTextMessage: {
          text: '/konfirmasi ABC',
          contextInfo: { stanzaId: '3EB0', quotedMessage: { conversation: 'x' } },
        },
      }),
      linked({
        imageMessage: {
          mimetype: 'image/jpeg',
          caption: 'foto',
          directPath: '/a',
          mediaKey: 'AAAA',
          fileLength: 9,
        },
      }),
      linked({ protocolMessage: { type: 14, key: { id: '3EB0' }, editedMessage: { conversation: 'baru' } } }),
      linked({
        ephemeralMessage: { message: { locationMessage: { degreesLatitude: 3.5, degreesLongitude: 98.6 } } },
      }),
    ],
    run(text) {
      const stanza = parsed(text)
      if (typeof stanza !== 'object' || stanza === null) return
      const heard = fromLinked(stanza as Parameters<typeof fromLinked>[0])
      mustBeBounded(heard, text)
      if (heard.is === 'said') mustBeMoment(heard.sentAt)
    },
  },
  'web message': {
    is: 'json',
    seeds: [
      json({ id: 'm-1', text: 'halo' }),
      json({ id: 2, choice: 'kirim' }),
      json({ location: { latitude: 3.5, longitude: 98.6 } }),
      json({ as: 'Rina', text: 'ambil' }),
    ],
    run(text) {
      const fields = parsed(text)
      if (typeof fields !== 'object' || fields === null || Array.isArray(fields) || depthOf(text) > 64) return
      const given = fields as Record<string, unknown>
      const read = [readSaid(given), readId(given.id), readStaff(given.as)]
      mustBeKeepable(read)
      mustBeBounded(read, text)
    },
  },
  event: {
    is: 'json',
    seeds: [
      json({ type: 'replied', kind: 'text', text: 'halo', at: '2026-11-22T09:00:00+07:00' }),
      json({ type: 'action_finished', result: { a: 'b', options: { x: 'y' } } }),
      json({ type: 'staff_said', text: 'x', staff: 'Rina', at: '2026-11-22T09:00:00+07:00' }),
    ],
    run: text => void isEvent(parsed(text)),
  },
  'json depth': {
    seeds: ['{"a":[1,{"b":"]"}]}', '"\\"[["', '[[[[]]]]'],
    run(text) {
      const tree = parsed(text)
      if (tree === undefined) return
      must(depthOf(text) >= depth(tree), 'is deeper than it was said to be')
    },
  },
  session: {
    seeds: [openSession(key, 'medan', 'id') ?? '', openSession(key, 'medan') ?? '', 'x'.repeat(43)],
    run(text) {
      const own = openSession(key, 'medan', 'id') ?? ''
      const changed = text.slice(0, 20) + own.slice(Math.min(20, text.length))
      if (changed !== own) must(readSession(key, 'medan', changed) === undefined, 'opens with another secret')
      must(readSession(key, 'lhokseumawe', text) === undefined, 'opens at another office')
      must(/^\d{6}$/.test(pinOf(key, text)), 'is no PIN')
    },
  },
  link: {
    seeds: ['1795000000&abc', '9999999999&', '0&AAAA'],
    run(text) {
      const [until = '', sign = ''] = text.split('&')
      must(!isOurLink(key, text, until, sign, now.getTime()), 'opens without our signature')
      const claim = claimOf(text)
      must(claim === undefined || claim.length === 32, 'is no claim')
    },
  },
  address: {
    seeds: [
      '192.0.2.1',
      '::ffff:10.0.0.1',
      '2001:db8::1%eth0',
      'fe80::1',
      '127.0.0.1, 8.8.8.8',
      '2a00::1:2:3:4',
    ],
    run(text) {
      const trusted = trustedProxies(['127.0.0.1', '10.0.0.0/8'])
      must(clientAddress('127.0.0.1', text, trusted).length < 60, 'is no address')
      must(clientAddress(text, undefined, trusted).length < 60, 'is no address')
      if (/^(?:127|10|0)\./.test(text)) must(!isPublicAddress(text), 'is inside')
    },
  },
  'virus scanner': {
    seeds: [
      'stream: OK\0',
      'stream: Eicar-Test-Signature FOUND\0',
      'stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0',
      'INSTREAM size limit exceeded. ERROR\0',
      "stream: Can't open file ERROR\0",
      'ClamAV 1.4.6/27800/Sat Nov 21 08:26:03 2026\0',
      '[::1]:3310',
      '/run/clamav/clamd.ctl',
    ],
    run(text) {
      const verdict = readVerdict(text)
      if (verdict === 'clean') must(text === 'stream: OK\0', 'is called clean')
      if (typeof verdict === 'object') {
        must(text.endsWith(`${verdict.found} FOUND\0`), 'is called found')
        mustBeKeepable(verdict)
      }
      const day = readSignatureDay(text)
      if (day !== undefined) mustBeMoment(day)
      const at = clamdAddress(text)
      if (at !== undefined && 'port' in at) must(at.port > 0 && at.port < 65_536, 'is no port')
    },
  },
  'telegram command': {
    seeds: ['/start ABC', '/pasang@balai_bot WORD', '/minta_data\nfoto'],
    run(text) {
      const command = readCommand(text)
      if (command !== undefined)
        must(typedCommand(command).length <= text.length + 1, 'is more than was typed')
    },
  },
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function depth(tree: unknown): number {
  if (typeof tree !== 'object' || tree === null) return 0
  return 1 + Math.max(0, ...Object.values(tree).map(depth))
}
