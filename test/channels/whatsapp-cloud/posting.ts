import { signatureOf } from '../../helpers/whatsapp-cloud/sign.ts'
import { OFFICE, type Stage } from './fixture.ts'

export const HEADER = 'X-Hub-Signature-256'
export const EMOJI = 'Jalan rusak 😀 di depan "kantor" \\ 50% – \u2028 é\ud83d'

/** What Meta posts for one message. */
export function posted(phone: string, text: string, more: object = {}) {
  const message = {
    from: '620000000001',
    id: `wamid.${text}`,
    timestamp: '1795399200',
    type: 'text',
    text: { body: text },
  }
  return envelope(phone, { messages: [{ ...message, from_user_id: 'ID.1', ...more }] })
}

/** A post about one number, with what is told of it. */
export function envelope(phone: string, value: object) {
  const metadata = { display_phone_number: '620009900001', phone_number_id: phone }
  const changes = [{ field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } }]
  return { object: 'whatsapp_business_account', entry: [{ id: '1', changes }] }
}

/** Posts straight to the routes, signed rightly unless told otherwise. */
export function poster({ channel, graph }: Stage) {
  const { secret } = graph.business
  return (
    body: string | Uint8Array<ArrayBuffer>,
    signature: string | undefined = signatureOf(body, secret),
  ) =>
    channel.routes.request(`/whatsapp/${OFFICE}`, { method: 'POST', body, headers: { [HEADER]: signature } })
}

/** The id of the business's number. */
export const phoneOf = ({ graph }: Stage) => graph.business.phoneId
