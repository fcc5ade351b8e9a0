import { createHmac } from 'node:crypto'

/** Where JSON comes in: how it is sent, and bodies that are right. Each call is somebody else's, so that no limit stands before it. */
export type JsonDoor = {
  name: string
  path: string
  headers(body: Buffer, n: number): Record<string, string>
  /** Wherever MARK stands in one, the number of the call belongs: so each is another message of somebody else. */
  good: unknown[]
}

export const MARK = 7_777_777

export function marked(text: string, n: number): Buffer {
  return Buffer.from(text.replaceAll(String(MARK), String(1_000_000 + n)))
}

export type Keys = {
  telegram: string
  cloud: { secret: string; phoneId: string; phone: string }
  /** A session of the web chat that is open. */
  session: string
}

const NOW = Math.floor(Date.now() / 1000)

export function jsonDoors({ telegram, cloud, session }: Keys): JsonDoor[] {
  const from = (n: number) => ({ 'X-Forwarded-For': `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}` })
  const json = (_: Buffer, n: number) => ({ 'Content-Type': 'application/json', ...from(n) })
  return [
    {
      name: 'telegram',
      path: '/telegram/medan',
      headers: () => ({ 'Content-Type': 'application/json', 'X-Telegram-Bot-Api-Secret-Token': telegram }),
      good: UPDATES,
    },
    {
      name: 'whatsapp-cloud',
      path: '/whatsapp/medan',
      headers: body => ({
        'Content-Type': 'application/json',
        'X-Hub-Signature-256': `sha256=${createHmac('sha256', cloud.secret).update(body).digest('hex')}`,
      }),
      good: notices(cloud),
    },
    { name: 'sessions', path: '/chat/medan/sessions', headers: json, good: [{ language: 'id' }] },
    {
      name: 'messages',
      path: '/chat/medan/messages',
      headers: json,
      good: [
        { session, id: `t${MARK}`, text: 'menu' },
        { session, id: `c${MARK}`, choice: 'complaint' },
        { session, id: `l${MARK}`, location: { latitude: 3.5, longitude: 98.6 } },
      ],
    },
    {
      name: 'desk',
      path: '/trial/medan/desks/general/messages',
      headers: json,
      good: [{ id: `d${MARK}`, as: 'Petugas', text: 'bantuan' }],
    },
    {
      name: 'open311',
      path: '/open311/v2/medan/requests.json',
      headers: json,
      good: [{ service_code: 'layanan', description: 'Lampu padam di simpang', address_string: 'Loket 3' }],
    },
    { name: 'import', path: '/import/medan/vacancies', headers: json, good: [[{ id: 'a' }]] },
  ]
}

const WHO = { id: 5_200_000_000_000_000 + MARK, first_name: 'Warga', username: 'warga', language_code: 'id' }
const CHAT = { id: WHO.id, type: 'private' }
const MESSAGE = { message_id: MARK, date: NOW, chat: CHAT, from: { ...WHO, is_bot: false } }
const UPDATES: unknown[] = [
  { message: { ...MESSAGE, text: 'menu' } },
  { edited_message: { ...MESSAGE, edit_date: NOW, text: 'menu' } },
  { message: { ...MESSAGE, location: { latitude: 3.5, longitude: 98.6 } } },
  { message: { ...MESSAGE, contact: { phone_number: '080000000000', user_id: WHO.id } } },
  {
    callback_query: {
      id: `${MARK}`,
      from: MESSAGE.from,
      data: 'x',
      message: { message_id: MARK, chat: CHAT },
    },
  },
  { my_chat_member: { chat: CHAT, date: NOW, new_chat_member: { status: 'kicked' } } },
].map(one => ({ update_id: 10_000_000 * 100 + MARK, ...one }))

function notices({ phoneId, phone }: Keys['cloud']): unknown[] {
  const from = `620008${MARK}`
  const message = { from, id: `wamid.json/${MARK}`, timestamp: `${NOW}` }
  const post = (value: object) => ({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '1',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: phone, phone_number_id: phoneId },
              contacts: [{ profile: { name: 'Warga' }, wa_id: from }],
              ...value,
            },
          },
        ],
      },
    ],
  })
  return [
    post({ messages: [{ ...message, type: 'text', text: { body: 'menu' } }] }),
    post({
      messages: [
        {
          ...message,
          type: 'interactive',
          interactive: { type: 'button_reply', button_reply: { id: 'x', title: 'x' } },
        },
      ],
    }),
    post({ messages: [{ ...message, type: 'location', location: { latitude: 3.5, longitude: 98.6 } }] }),
    post({
      statuses: [{ id: `wamid.ours/${MARK}`, status: 'delivered', timestamp: `${NOW}`, recipient_id: from }],
    }),
  ]
}
