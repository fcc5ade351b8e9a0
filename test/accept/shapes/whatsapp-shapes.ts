import { proto } from '@whiskeysockets/baileys'
import fc from 'fast-check'
import type { Citizen } from '../../helpers/whatsapp/citizen.ts'
import type { FakeWhatsApp } from '../../helpers/whatsapp/fake-whatsapp.ts'
import { SERVER, type Stanza, stanza } from '../../helpers/whatsapp/stanza.ts'
import type { Content } from '../../helpers/whatsapp/world.ts'

/** Something that may come over the socket and is nothing anybody said to us. `naive`: a careless reader would take it for a message. */
export type Shape = { what: string; naive: boolean; comes(): void }

type On = { whatsapp: FakeWhatsApp; stranger: Citizen; victim: Citizen; canary: string }

const { Type } = proto.Message.ProtocolMessage
const WORDS: Content = { conversation: 'menu' }
/** Kinds of what phones tell each other; one of them, an edit, is looked at on its own. */
const TOLD = Object.values(Type).filter((type): type is number => typeof type === 'number' && type !== 14)
const NOTIFIED = [
  'w:gp2',
  'account_sync',
  'encrypt',
  'devices',
  'mediaretry',
  'picture',
  'server_sync',
  'privacy_token',
  'mex',
  'link_code_companion_reg',
  'newsletter',
  'status',
  'business',
  'psa',
  'registration',
  '__proto__',
]
const ODD = [
  '',
  '0',
  '-1',
  'NaN',
  '1e400',
  'x'.repeat(5_000),
  '\u0000',
  '\u202e1@lid',
  '@',
  '@@lid',
  '__proto__',
]

/** A message sealed as phones seal theirs, whose content is no word of a person. */
function* sealed({ victim, canary }: On): Generator<[what: string, content: Content]> {
  const key = { id: 'ANEH', remoteJid: victim.lid, fromMe: true }
  for (const type of TOLD) {
    yield [`told ${type}`, { protocolMessage: { type, key, editedMessage: WORDS } }]
    yield [`told ${type} of nothing`, { protocolMessage: { type } }]
  }
  yield ['an edit of no message', { protocolMessage: { type: Type.MESSAGE_EDIT, editedMessage: WORDS } }]
  yield ['an edit to nothing', { protocolMessage: { type: Type.MESSAGE_EDIT, key } }]
  yield ['a copy of our own', { deviceSentMessage: { destinationJid: victim.lid, message: WORDS } }]
  yield [
    'a copy within a copy',
    { deviceSentMessage: { message: { deviceSentMessage: { destinationJid: victim.pn, message: WORDS } } } },
  ]
  yield [
    'a history of ours',
    {
      protocolMessage: {
        type: Type.HISTORY_SYNC_NOTIFICATION,
        historySyncNotification: {
          syncType: proto.HistorySync.HistorySyncType.INITIAL_BOOTSTRAP,
          directPath: '/canary',
          mediaKey: Buffer.alloc(32, 1),
          fileSha256: Buffer.alloc(32),
          fileEncSha256: Buffer.alloc(32),
        },
      },
    },
  ]
  yield [
    'keys of ours',
    {
      protocolMessage: {
        type: Type.APP_STATE_SYNC_KEY_SHARE,
        appStateSyncKeyShare: {
          keys: [
            {
              keyId: { keyId: Buffer.from('jahat') },
              keyData: { keyData: Buffer.alloc(32), timestamp: 1, fingerprint: { rawId: 1 } },
            },
          ],
        },
      },
    },
  ]
  const resent = proto.WebMessageInfo.encode({
    key: { remoteJid: victim.lid, fromMe: false, id: 'PALSU' },
    message: WORDS,
    messageTimestamp: 1,
  }).finish()
  yield [
    'words of somebody else',
    {
      protocolMessage: {
        type: Type.PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE,
        peerDataOperationRequestResponseMessage: {
          peerDataOperationResult: [
            { placeholderMessageResendResponse: { webMessageInfoBytes: Buffer.from(resent) } },
          ],
        },
      },
    },
  ]
  let deep: Content = WORDS
  for (let n = 0; n < 8; n += 1) deep = { ephemeralMessage: { message: deep } }
  yield ['under eight covers', deep]
  yield ['a cover around nothing', { viewOnceMessageV2: { message: {} } }]
  yield ['nothing', {}]
  yield ['a reaction', { reactionMessage: { key, text: '1' } }]
  yield ['a sealed reaction', { encReactionMessage: { targetMessageKey: key, encPayload: Buffer.alloc(9) } }]
  yield [
    'a vote',
    { pollUpdateMessage: { pollCreationMessageKey: key, vote: { encPayload: Buffer.alloc(9) } } },
  ]
  yield ['a pin', { pinInChatMessage: { key, type: 1 } }]
  yield ['kept for all', { keepInChatMessage: { key, keepType: 1 } }]
  yield ['a place nowhere', { locationMessage: { degreesLatitude: 9e9, degreesLongitude: -9e9 } }]
  yield ['a call of last night', { call: { callKey: Buffer.alloc(32) } }]
  yield ['secrets', { messageContextInfo: { messageSecret: Buffer.alloc(32) } }]
  yield [
    'a key for a group',
    {
      senderKeyDistributionMessage: {
        groupId: '120363000000000001@g.us',
        axolotlSenderKeyDistributionMessage: Buffer.alloc(40, 3),
      },
    },
  ]
  yield ['a sticker’s address', { stickerSyncRmrMessage: { filehash: [canary] } }]
}

/** Stanzas nobody sealed, or with attributes that are none. */
function* bare({ stranger, victim }: On): Generator<[what: string, node: Stanza]> {
  const t = Math.floor(Date.now() / 1000)
  const words = Buffer.from(proto.Message.encode(WORDS).finish())
  const from = stranger.lid
  yield [
    'unsealed words',
    stanza('message', { from, id: 'B1', t, type: 'text' }, [stanza('plaintext', {}, words)]),
  ]
  yield [
    'words called sealed',
    stanza('message', { from, id: 'B2', t }, [stanza('enc', { v: 2, type: 'msg' }, words)]),
  ]
  yield [
    'a seal of no kind',
    stanza('message', { from, id: 'B3', t }, [stanza('enc', { v: 9, type: 'aneh' }, words)]),
  ]
  yield [
    'a first word that is none',
    stanza('message', { from, id: 'B4', t }, [stanza('enc', { v: 2, type: 'pkmsg' }, words)]),
  ]
  yield [
    'a group nobody is in',
    stanza('message', { from: '120363000000000009@g.us', participant: victim.lid, id: 'B5', t }, [
      stanza('enc', { v: 2, type: 'skmsg' }, words),
    ]),
  ]
  for (const place of [
    'status@broadcast',
    '1@newsletter',
    '13135550002@bot',
    '1@broadcast',
    SERVER,
    'call@call',
  ])
    yield [
      `said at ${place}`,
      stanza('message', { from: place, participant: victim.lid, id: 'B6', t }, [
        stanza('plaintext', {}, words),
      ]),
    ]
  for (const odd of ODD) {
    for (const name of ['from', 'id', 't', 'participant', 'type', 'recipient', 'edit', 'offline'])
      yield [
        `message with ${name} ${odd.slice(0, 9)}`,
        stanza('message', { from, id: `C${odd.length}${name}`, t, [name]: odd }, [
          stanza('enc', { v: 2, type: 'msg' }, words),
        ]),
      ]
    yield [
      `receipt ${odd.slice(0, 9)}`,
      stanza('receipt', { from, id: odd, type: 'retry', t }, [
        stanza('retry', { count: odd, id: odd, t: odd, v: 1 }),
      ]),
    ]
    yield [`ack ${odd.slice(0, 9)}`, stanza('ack', { class: 'message', id: odd, from, error: odd })]
    yield [`presence ${odd.slice(0, 9)}`, stanza('presence', { from: odd, type: odd })]
    yield [
      `chatstate ${odd.slice(0, 9)}`,
      stanza('chatstate', { from: odd }, [stanza(odd === '' ? 'x' : 'composing')]),
    ]
    yield [
      `call ${odd.slice(0, 9)}`,
      stanza('call', { from, id: odd, t }, [stanza('offer', { 'call-id': odd, 'call-creator': odd })]),
    ]
    yield [`ib ${odd.slice(0, 9)}`, stanza('ib', {}, [stanza('dirty', { type: odd, timestamp: odd })])]
  }
  for (const type of NOTIFIED) {
    yield [`news of ${type}`, stanza('notification', { from, id: `N${type}`, t, type })]
    yield [
      `news of ${type}, odd inside`,
      stanza('notification', { from: SERVER, id: `M${type}`, t, type, participant: victim.lid }, [
        stanza('update', { op_name: 'x' }, words),
        stanza('add'),
        stanza('count', { value: 'x' }),
        stanza('key_fetch'),
      ]),
    ]
  }
}

/** So many shapes: first those made on purpose, then whatever chance makes. */
export function shapesOf(count: number, on: On): Shape[] {
  const { whatsapp, stranger } = on
  const shapes: Shape[] = [
    ...[...sealed(on)].map(([what, content]) => ({
      what,
      naive: JSON.stringify(content).includes('"menu"'),
      comes: () => void stranger.sends(content),
    })),
    ...[...bare(on)].map(([what, node]) => ({
      what,
      naive: node.tag === 'message',
      comes: () => whatsapp.number.receives(node),
    })),
  ]
  for (let n = 0; shapes.length < count; n += 1) shapes.push(n % 2 === 0 ? bytes(on, n) : anyNode(on, n))
  return shapes.slice(0, count)
}

/** Bytes sealed as a message is, which are none. */
function bytes({ stranger }: On, seed: number): Shape {
  // Padded as the apps do it; a first byte of 7 is a wire type nobody has.
  const [drawn = new Uint8Array()] = fc.sample(fc.uint8Array({ minLength: 1, maxLength: 400 }), {
    seed,
    numRuns: 1,
  })
  return {
    what: 'bytes by chance',
    naive: false,
    comes: () => void stranger.sendsBytes(Buffer.concat([Buffer.from([7]), drawn, Buffer.from([1])])),
  }
}

/** An element by chance, of a kind that clients look at. */
function anyNode({ whatsapp, stranger }: On, seed: number): Shape {
  const text = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.constantFrom(stranger.lid, stranger.pn, SERVER, ...ODD),
  )
  const attributes = fc.dictionary(
    fc.constantFrom(
      'id',
      'from',
      'to',
      't',
      'type',
      'participant',
      'class',
      'error',
      'notify',
      'offline',
      'count',
    ),
    text,
  )
  const tag = fc.constantFrom(
    'message',
    'receipt',
    'notification',
    'call',
    'ack',
    'ib',
    'presence',
    'chatstate',
    'iq',
  )
  const inner = fc.tuple(
    fc.constantFrom('enc', 'add', 'remove', 'list', 'item', 'retry', 'set', 'error'),
    attributes,
  )
  const drawn = fc.sample(fc.tuple(tag, attributes, fc.array(inner, { maxLength: 3 })), { seed, numRuns: 1 })
  const [[name, attrs, children] = ['ib', {}, []] as const] = drawn
  const node = stanza(
    name,
    attrs,
    children.map(([tag, more]) => stanza(tag, more)),
  )
  return { what: `${name} by chance`, naive: false, comes: () => whatsapp.number.receives(node) }
}
