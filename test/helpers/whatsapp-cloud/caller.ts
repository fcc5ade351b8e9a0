import type { Business } from './business.ts'
import type { FakeGraph } from './fake-graph.ts'
import { type Fields, isObject } from './shapes.ts'

export type Reply = { status: number; body: Fields; headers: Headers }

/** A client that knows nothing of ours: one call, as curl would make it. */
export async function ask(
  graph: FakeGraph,
  path: string,
  init: RequestInit = {},
  token = graph.business.token,
): Promise<Reply> {
  const response = await fetch(`${graph.url}${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, ...init.headers },
  })
  const body: unknown = await response.json()
  return { status: response.status, body: isObject(body) ? body : {}, headers: response.headers }
}

/** Posts to the messages of a business; `to`, product and kind are filled in where the fields do not say otherwise. */
export function say(graph: FakeGraph, fields: Fields, by: Business = graph.business): Promise<Reply> {
  const first = graph.world.people[0]
  const address = 'to' in fields || 'recipient' in fields ? {} : { to: first?.phone }
  return ask(
    graph,
    `/v25.0/${by.phoneId}/messages`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ messaging_product: 'whatsapp', ...address, ...fields }),
    },
    by.token,
  )
}

export const text = (body: string, more: Fields = {}): Fields => ({ type: 'text', text: { body }, ...more })

/** The code of a refusal, and its details. */
export function refusalIn({ body }: Reply): [code: unknown, details: unknown] {
  const error = isObject(body.error) ? body.error : {}
  const data = isObject(error.error_data) ? error.error_data : {}
  return [error.code, data.details]
}

/** The id a message was accepted under. */
export function idIn({ body }: Reply): string {
  const [first] = Array.isArray(body.messages) ? body.messages : []
  if (!isObject(first) || typeof first.id !== 'string') throw new Error(`Refused: ${JSON.stringify(body)}`)
  return first.id
}
