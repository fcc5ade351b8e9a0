/** The Bot API's end of the bench: takes every call with as little work as can be, and says what a chat was told. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Button } from '../telegram.ts'
import { BOT_INFO } from '../variants/grammy-api.ts'

export type Answer = { text: string; buttons: Button[] }

export type Sink = {
  url: string
  /** The next message to this chat. */
  next(chat: number): Promise<Answer>
  /** Calls of any method so far. */
  calls(): number
  close(): Promise<void>
}

type Call = { chat_id?: number; text?: string; reply_markup?: { inline_keyboard: Button[][] } }

export async function openSink(): Promise<Sink> {
  const waiting = new Map<number, (answer: Answer) => void>()
  let calls = 0

  function resultOf(method: string, body: string): unknown {
    calls += 1
    if (method === 'getMe') return BOT_INFO
    if (method.startsWith('getMy')) return []
    if (method !== 'sendMessage') return true
    const { chat_id: id = 0, text = '', reply_markup } = JSON.parse(body) as Call
    const chat = Number(id)
    waiting.get(chat)?.({ text, buttons: reply_markup?.inline_keyboard.flat() ?? [] })
    waiting.delete(chat)
    return { message_id: calls, date: 1_763_000_000, chat: { id: chat, type: 'private' }, text }
  }

  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (piece: string) => {
      body += piece
    })
    request.on('end', () => {
      const method = (request.url ?? '').slice((request.url ?? '').lastIndexOf('/') + 1)
      const answer = JSON.stringify({ ok: true, result: resultOf(method, body) })
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer)
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: chat => new Promise(resolve => waiting.set(chat, resolve)),
    calls: () => calls,
    close: () =>
      new Promise(done => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
