import { createHmac } from 'node:crypto'

/** Where JSON comes in: how it is sent, and bodies that are right. Each call is somebody else's, so that no limit stands before it. */
export type JsonDoor = {
  name: string
  path: string
  headers(body: Buffer, n: number): Record<string, string>
  good(n: number): unknown[]
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
      good: updates,
    },
    {
      name: 'whatsapp-cloud',
      path: '/whatsapp/medan',
      headers: body => ({
        'Content-Type': 'application/json',
        'X-Hub-Signature-256': `sha256=${createHmac('sha256', cloud.secret).update(body).digest('hex')}`,
      }),
      good: n => notices(n, cloud),
    },
    { name: 'sessions', path: '/chat/medan/sessions', headers: json, good: () => [{ language: 'id' }] },
    {
      name: 'messages',
      path: '/chat/medan/messages',
      headers: json,
      good: n => [
        { session, id: `t${n}`, text: 'menu' },
        { session, id: `c${n}`, choice: 'complaint' },
        { session, id: `l${n}`, location: { latitude: 3.5, longitude: 98.6 } },
      ],
    },
    {
      name: 'desk',
      path: '/trial/medan/desks/general/messages',
      headers: json,
      good: n => [{ id: `d${n}`, as: 'Petugas', text: 'bantuan' }],
    },
    {
      name: 'open311',
      path: '/open311/v2/medan/requests.json',
      headers: json,
      good: () => [
        { service_code: 'layanan', description: 'Lampu padam di simpang', address_string: 'Loket 3' },
      ],
    },
    { name: 'import', path: '/import/medan/vacancies', headers: json, good: () => [[{ id: 'a' }]] },
  ]
}

function updates(n: number): unknown[] {
  const who = { id: 5_200_000_000 + n, first_name: 'Warga', username: 'warga', language_code: 'id' }
  const chat = { id: who.id, type: 'private' }
  const message = { message_id: n, date: NOW, chat, from: { ...who, is_bot: false } }
  return [
    { update_id: n * 10, message: { ...message, text: 'menu' } },
    { update_id: n * 10 + 1, edited_message: { ...message, edit_date: NOW, text: 'menu' } },
    { update_id: n * 10 + 2, message: { ...message, location: { latitude: 3.5, longitude: 98.6 } } },
    {
      update_id: n * 10 + 3,
      message: { ...message, contact: { phone_number: '080000000000', user_id: who.id } },
    },
    {
      update_id: n * 10 + 4,
      callback_query: {
        id: `${n}`,
        from: { ...who, is_bot: false },
        data: 'x',
        message: { message_id: n, chat },
      },
    },
    { update_id: n * 10 + 5, my_chat_member: { chat, date: NOW, new_chat_member: { status: 'kicked' } } },
  ]
}

function notices(n: number, { phoneId, phone }: Keys['cloud']): unknown[] {
  const from = `620008${String(n).padStart(7, '0')}`
  const message = { from, id: `wamid.json/${n}`, timestamp: `${NOW}` }
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
      statuses: [{ id: `wamid.ours/${n}`, status: 'delivered', timestamp: `${NOW}`, recipient_id: from }],
    }),
  ]
}
