import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Said, translate } from '../../../src/channels/whatsapp/translate.ts'
import type { Stanza } from '../../../src/channels/whatsapp/wire.ts'

const PN = '6281100000001@s.whatsapp.net'
const LID = '100000000000001@lid'
const GROUP = '120363000000000001@g.us'

const dm = (message: unknown, more: Partial<Stanza> = {}): Stanza => ({
  chat: PN,
  chatAlt: LID,
  id: '3A0001',
  at: 1_795_000_000,
  called: 'Siti',
  message,
  ...more,
})
const inGroup = (message: unknown) =>
  dm(message, { chat: GROUP, chatAlt: undefined as never, participant: LID, participantAlt: PN })

function said(stanza: Stanza): Said {
  const heard = translate(stanza)
  if (heard.is === 'nothing') throw new Error('Nothing was heard.')
  return heard
}

describe('a message in our words', () => {
  it('says who, where and when', () => {
    expect(said(dm({ conversation: 'halo' }))).toEqual({
      is: 'said',
      place: { chat: PN, isGroup: false },
      person: { ids: [PN, LID], called: 'Siti' },
      content: { kind: 'text', text: 'halo' },
      refs: { id: '3A0001' },
      sentAt: new Date(1_795_000_000_000),
    })
    expect(said(inGroup({ conversation: 'ya' }))).toMatchObject({
      place: { chat: GROUP, isGroup: true },
      person: { ids: [LID, PN] },
    })
  })

  it('takes the covers off', () => {
    const inner = {
      extendedTextMessage: { text: 'dalam', contextInfo: { stanzaId: 'X1', participant: LID } },
    }
    for (const cover of ['ephemeralMessage', 'viewOnceMessage', 'documentWithCaptionMessage'])
      expect(said(dm({ [cover]: { message: { ephemeralMessage: { message: inner } } } }))).toMatchObject({
        content: { text: 'dalam' },
        refs: { answers: 'X1' },
      })
  })

  it('knows what was sent as one album', () => {
    const messageAssociation = { associationType: 'MEDIA_ALBUM', parentMessageKey: { id: '3AALBUM' } }
    const photo = { imageMessage: { caption: 'loket' }, messageContextInfo: { messageAssociation } }
    expect(said(dm(photo)).album).toBe('3AALBUM')
  })

  it('hears a change as a change, by the id of what was changed', () => {
    const edit = (type: unknown) => ({
      editedMessage: {
        message: {
          protocolMessage: { type, key: { id: '3A0000' }, editedMessage: { conversation: 'baru' } },
        },
      },
    })
    expect(said(dm(edit('MESSAGE_EDIT')))).toMatchObject({
      content: { text: 'baru' },
      refs: { id: '3A0001', changes: '3A0000' },
    })
    expect(said(dm(edit(14)))).toMatchObject({ refs: { changes: '3A0000' } })
    expect(translate(dm(edit('REVOKE')))).toEqual({ is: 'nothing' })
  })

  it('reads words to the doorkeeper, but not from what was passed on', () => {
    expect(said(inGroup({ conversation: '/pasang ABCD-EFGH' })).command).toEqual({
      name: 'pasang',
      argument: 'ABCD-EFGH',
    })
    const forwarded = { extendedTextMessage: { text: '/start ABCD', contextInfo: { isForwarded: true } } }
    expect(said(dm(forwarded)).command).toBeUndefined()
    // In a group nobody speaks for somebody else.
    expect(translate(inGroup(forwarded))).toEqual({ is: 'nothing' })
  })

  it('takes files with what opens them, and refuses what nobody here could see', () => {
    const file = { directPath: '/v/t62', mediaKey: 'k', fileSha256: 'h', fileLength: '120', caption: 'ini' }
    expect(said(dm({ imageMessage: file }))).toMatchObject({
      content: { kind: 'photo', text: 'ini' },
      media: { kind: 'image', path: '/v/t62', size: 120 },
    })
    expect(said(dm({ audioMessage: { ...file, ptt: true } }))).toMatchObject({ content: { kind: 'voice' } })
    expect(said(dm({ documentMessage: { ...file, fileName: '../../x.pdf' } }))).toMatchObject({
      content: { kind: 'document' },
      media: { name: 'x.pdf' },
    })
    for (const kind of ['videoMessage', 'stickerMessage'])
      expect(said(dm({ [kind]: file }))).toMatchObject({
        content: { kind: 'other' },
        media: { unknown: true },
      })
    expect(said(dm({ imageMessage: { caption: 'tanpa kunci' } })).media).toEqual({ unknown: true })
  })

  it("keeps nobody else's number", () => {
    const card = (digits: string) => ({ contactMessage: { vcard: `TEL;waid=${digits}:+${digits}` } })
    expect(said(dm(card('6281100000001'))).content.text).toBe('+6281100000001')
    expect(said(dm(card('6281100000002'))).content.text).toBe('')
  })

  it.each([
    ['a reaction', { reactionMessage: { text: '👍', key: { id: 'x' } } }],
    ['a vote', { pollUpdateMessage: { vote: {} } }],
    ['a deletion', { protocolMessage: { type: 0, key: { id: 'x' } } }],
    ['keys for an app', { protocolMessage: { type: 'APP_STATE_SYNC_KEY_SHARE', appStateSyncKeyShare: {} } }],
    ['a history', { protocolMessage: { type: 5, historySyncNotification: {} } }],
    ['a place nowhere', { locationMessage: { degreesLatitude: 91, degreesLongitude: 0 } }],
    ['nothing', {}],
    ['null', null],
    ['a list', [1, 2]],
    [
      'covers without end',
      Array.from({ length: 9 }).reduce<object>(message => ({ viewOnceMessage: { message } }), {
        conversation: 'x',
      }),
    ],
  ])('hears nothing in %s', (_, message) => expect(translate(dm(message))).toEqual({ is: 'nothing' }))

  it.each([
    { chat: 'status@broadcast' },
    { chat: '123@newsletter' },
    { chat: '0@bot' },
    { chat: '' },
    { id: '' },
    { id: 'x'.repeat(65) },
    { id: 'a b' },
    { at: Number.NaN },
    { at: 179_500_000_000 },
    { at: -1 },
    { at: 1e300 },
    { chat: GROUP, participant: 'x' },
  ])('hears nothing from %o', more =>
    expect(translate(dm({ conversation: 'x' }, more as Partial<Stanza>))).toEqual({ is: 'nothing' }),
  )

  it('never throws, whatever comes', () => {
    const names = [
      'conversation',
      'extendedTextMessage',
      'text',
      'imageMessage',
      'caption',
      'directPath',
      'mediaKey',
      'fileSha256',
      'contextInfo',
      'stanzaId',
      'protocolMessage',
      'type',
      'key',
      'id',
      'editedMessage',
      'message',
      'viewOnceMessage',
      'locationMessage',
      'degreesLatitude',
      'contactMessage',
      'vcard',
      'messageContextInfo',
      '__proto__',
      'toString',
    ]
    const anything = fc.letrec(tie => ({
      value: fc.oneof(
        { maxDepth: 6 },
        fc.constantFrom(null, undefined, 14, 'MESSAGE_EDIT', '', 'x'.repeat(9_000), Number.NaN, 1e308, true),
        fc.string(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 5 }),
      ),
    })).value
    let heardOf = 0
    fc.assert(
      fc.property(
        fc.record({
          chat: fc.oneof(
            { weight: 9, arbitrary: fc.constantFrom(PN, LID, GROUP) },
            { weight: 1, arbitrary: anything },
          ),
          participant: fc.oneof(fc.constantFrom(PN, LID), anything),
          id: fc.oneof({ weight: 9, arbitrary: fc.constant('3A0001') }, { weight: 1, arbitrary: anything }),
          at: fc.oneof(
            { weight: 9, arbitrary: fc.constant(1_795_000_000) },
            { weight: 1, arbitrary: anything },
          ),
          called: anything,
          message: fc.oneof(
            anything,
            fc.record({ conversation: anything }),
            fc.record({ extendedTextMessage: fc.record({ text: fc.string(), contextInfo: anything }) }),
          ),
        }),
        stanza => {
          const heard = translate(stanza as Stanza)
          if (heard.is === 'said') heardOf += 1
          if (heard.is === 'said') expect(heard.content.text.length).toBeLessThanOrEqual(4096)
        },
      ),
      { numRuns: 1_000 },
    )
    // Some of them are messages after all: the shapes are near enough to real ones.
    expect(heardOf).toBeGreaterThan(0)
  })
})
