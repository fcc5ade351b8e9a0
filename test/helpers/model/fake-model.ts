import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { completion, type Heard, readAsk } from './answer-body.ts'

/** How the fake behaves: `answers` as told; the others are the ways a server fails. */
export type Mood =
  | { is: 'answers'; with: (heard: Heard) => string | null }
  | { is: 'refuses'; status: number }
  | { is: 'hangs' }
  | { is: 'hangs after the head' }
  | { is: 'half' }
  | { is: 'dribbles' }
  | { is: 'garbage'; body: string; type?: string }
  | { is: 'endless' }
  | { is: 'resets' }
  | { is: 'redirects'; to: string }
  | { is: 'declines' }
  | { is: 'calls tools' }

export type FakeModel = {
  baseUrl: string
  heard: Heard[]
  /** What was asked against the rules of strict servers. */
  violations: string[]
  mood: Mood
  open(): number
  stop(): Promise<void>
}

/** A server that speaks like OpenAI's, stricter, and fails in every way servers do. */
export async function startFakeModel(mood: Mood = { is: 'hangs' }): Promise<FakeModel> {
  let open = 0
  const server = createServer((request, response) => {
    open += 1
    response.once('close', () => {
      open -= 1
    })
    void take(fake, request, response)
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const fake: FakeModel = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    heard: [],
    violations: [],
    mood,
    open: () => open,
    async stop() {
      server.closeAllConnections()
      await new Promise(done => server.close(done))
    },
  }
  return fake
}

async function take(fake: FakeModel, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  if (request.method !== 'POST' || request.url !== '/v1/chat/completions')
    fake.violations.push(`${request.method} ${request.url}`)
  const read = readAsk(body)
  if ('wrong' in read) fake.violations.push(read.wrong)
  const raw = `${JSON.stringify(request.rawHeaders)}\n${body}`
  const authorization = request.headers.authorization ?? ''
  const heard = 'wrong' in read ? undefined : { ...read, raw, authorization }
  if (heard !== undefined) fake.heard.push(heard)
  answer(fake.mood, heard, response)
}

function answer(mood: Mood, heard: Heard | undefined, response: ServerResponse): void {
  const json = { 'Content-Type': 'application/json' }
  switch (mood.is) {
    case 'answers':
      if (heard === undefined) response.writeHead(400, json).end('{"error":{"message":"bad request"}}')
      else response.writeHead(200, json).end(completion(mood.with(heard)))
      return
    case 'refuses':
      response.writeHead(mood.status, json).end('{"error":{"message":"no"}}')
      return
    case 'hangs':
      return
    case 'hangs after the head':
      response.writeHead(200, json).flushHeaders()
      return
    case 'half': {
      const whole = completion('{"article":"none","text":""}')
      response.writeHead(200, { ...json, 'Content-Length': whole.length })
      response.write(whole.slice(0, whole.length / 2), () => response.destroy())
      return
    }
    case 'dribbles': {
      response.writeHead(200, json)
      const drip = setInterval(() => response.write(' '), 100)
      response.once('close', () => clearInterval(drip))
      return
    }
    case 'garbage':
      response.writeHead(200, { 'Content-Type': mood.type ?? 'application/json' }).end(mood.body)
      return
    case 'endless': {
      response.writeHead(200, json)
      const pour = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      }
      response.on('drain', pour)
      pour()
      return
    }
    case 'resets':
      response.socket?.resetAndDestroy()
      return
    case 'redirects':
      response.writeHead(307, { Location: mood.to }).end()
      return
    case 'declines':
      response.writeHead(200, json).end(completion(null, { refusal: 'I cannot help with that.' }))
      return
    case 'calls tools': {
      const call = { id: 'c1', type: 'function', function: { name: 'close_ticket', arguments: '{}' } }
      response.writeHead(200, json).end(completion(null, { tool_calls: [call] }))
    }
  }
}
