import { anyJson, odd, put } from './values.ts'

/** A body Meta would sign and that means nothing to us; `naive`: what a reader without checks would take it for. */
export type Shape = { what: string; body: string | Uint8Array<ArrayBuffer> }

type Path = readonly (string | number)[]
type Number = { phoneId: string; phone: string; otherPhoneId: string }

const VALUE: Path = ['entry', 0, 'changes', 0, 'value']
const MESSAGE: Path = [...VALUE, 'messages', 0]
const STATUS: Path = [...VALUE, 'statuses', 0]
const PERSON = { from: '620000777777', from_user_id: 'ID.777777777777777' }

function bodyOf({ phoneId, phone }: Number, more: object): object {
  const metadata = { display_phone_number: phone, phone_number_id: phoneId }
  const value = { messaging_product: 'whatsapp', metadata, ...more }
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field: 'messages', value }] }],
  }
}

/** Each of these places, with everything in it that is nothing there. `texts`: no text is anything there either. */
function* misplaced(of: Number): Generator<[what: string, body: unknown]> {
  const message = {
    ...PERSON,
    id: 'wamid.aneh',
    timestamp: '1790000000',
    type: 'text',
    text: { body: 'menu' },
  }
  const said = bodyOf(of, { messages: [message] })
  const told = bodyOf(of, {
    statuses: [{ id: 'wamid.aneh', status: 'failed', recipient_id: '620000777777' }],
  })
  const places: [name: string, whole: object, path: Path, texts: boolean][] = [
    ['object', said, ['object'], true],
    ['entry', said, ['entry'], true],
    ['an entry', said, ['entry', 0], true],
    ['changes', said, ['entry', 0, 'changes'], true],
    ['a change', said, ['entry', 0, 'changes', 0], true],
    ['field', said, ['entry', 0, 'changes', 0, 'field'], true],
    ['value', said, VALUE, true],
    ['metadata', said, [...VALUE, 'metadata'], true],
    ['the number', said, [...VALUE, 'metadata', 'phone_number_id'], true],
    ['messages', said, [...VALUE, 'messages'], true],
    ['a message', said, MESSAGE, true],
    ['the id of a message', said, [...MESSAGE, 'id'], false],
    ['the kind of a message', said, [...MESSAGE, 'type'], false],
    ['statuses', told, [...VALUE, 'statuses'], true],
    ['a status', told, STATUS, true],
    ['the id of a status', told, [...STATUS, 'id'], true],
    ['what a status says', told, [...STATUS, 'status'], true],
  ]
  for (const [name, whole, path, texts] of places)
    for (const value of odd(texts)) yield [name, put(whole, path, value)]
  // Whose a message is: both ids are odd.
  for (const value of odd(true)) {
    const from = { ...message, from: value, from_user_id: value }
    yield ['the sender', bodyOf(of, { messages: [from], contacts: [{ wa_id: value, user_id: value }] })]
  }
}

/** Well formed, and nothing said to us by anybody. */
function* meaningless(of: Number): Generator<[what: string, body: unknown]> {
  const message = { ...PERSON, id: 'wamid.lain', timestamp: '1790000000' }
  const text = { type: 'text', text: { body: 'menu' } }
  const said = (more: object) => bodyOf(of, { messages: [{ ...message, ...more }] })
  yield ['a reaction', said({ type: 'reaction', reaction: { message_id: 'wamid.x', emoji: '👍' } })]
  yield ['something taken back', said({ type: 'revoke', revoke: { original_message_id: 'wamid.x' } })]
  for (const type of ['reaction', 'pin', 'keep_in_chat', 'poll_update'])
    yield [`unsupported ${type}`, said({ type: 'unsupported', unsupported: { type } })]
  yield ['a group', said({ ...text, group_id: '1203630@g.us' })]
  for (const type of ['identity_changed', 'group_join', '', 'customer_identity_changed', '__proto__'])
    yield [`news ${type}`, said({ type: 'system', system: { type, body: 'x', wa_id: '620000888888' } })]
  yield ['new ids of nobody', said({ type: 'system', system: { type: 'user_changed_number' } })]
  yield [
    "another number's",
    bodyOf({ ...of, phoneId: of.otherPhoneId }, { messages: [{ ...message, ...text }] }),
  ]
  for (const field of [
    'account_update',
    'message_template_status_update',
    'history',
    'smb_message_echoes',
    'flows',
    'messages ',
  ])
    yield [`field ${field}`, put(said(text), ['entry', 0, 'changes', 0, 'field'], field)]
  for (const status of ['deleted', 'SENT', 'warning', 'constructor'])
    yield [`status ${status}`, bodyOf(of, { statuses: [{ id: 'wamid.x', status, recipient_id: '6' }] })]
  for (const key of [
    'x',
    '0/0/0',
    '00000000-0000-0000-0000-000000000000/1/0/0',
    "'; drop table outbox; --",
    '\u0000',
  ])
    yield [
      'a status of nothing of ours',
      bodyOf(of, { statuses: [{ id: `wamid.${key}`, status: 'delivered', biz_opaque_callback_data: key }] }),
    ]
  const many = Array.from({ length: 3_000 }, (_, n) => ({ id: `wamid.${n}`, status: 'read' }))
  yield ['three thousand statuses', bodyOf(of, { statuses: many })]
}

/** No JSON, or none that anybody should walk. */
const BYTES: readonly [what: string, body: string | Uint8Array<ArrayBuffer>][] = [
  ['nothing', ''],
  ['half of it', '{"object":"whatsapp_business_account","entry":[{'],
  ['a text', '"whatsapp_business_account"'],
  ['a depth', '['.repeat(300_000)],
  ['a depth of objects', '{"a":'.repeat(200_000)],
  ['no letters', new Uint8Array(4096).fill(255)],
  ['another encoding', new Uint8Array(Buffer.from('{"object":"whatsapp_business_account"}', 'utf16le'))],
  ['a mark before', '\ufeff{"object":"whatsapp_business_account","entry":[]}'],
  ['a field twice', '{"object":"x","object":"whatsapp_business_account","entry":null}'],
]

/** So many shapes: first those made on purpose, then whatever chance makes. */
export function shapesOf(count: number, of: Number): Shape[] {
  const made = [...misplaced(of), ...meaningless(of)].map(([what, body]) => ({
    what,
    body: JSON.stringify(body),
  }))
  const all: Shape[] = [...BYTES.map(([what, body]) => ({ what, body })), ...made]
  const chance = (n: number): Shape => {
    const odd = anyJson(n)
    const whole = [odd, bodyOf(of, { messages: [odd] }), bodyOf(of, { statuses: [odd] })][n % 3]
    return { what: 'chance', body: JSON.stringify(whole) }
  }
  for (let n = 0; all.length < count; n += 1) all.push(chance(n))
  return all.slice(0, count)
}
