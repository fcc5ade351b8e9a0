import { type Agent, request } from 'node:http'

/** A call that is not the platform's. `withheld`: a body is announced and never sent, so that only who does not read it can answer. */
export type Forgery = {
  what: string
  path: string
  headers: Record<string, string | string[]>
  body: Buffer
  withheld: boolean
}

/** What a call met: a status, a connection that was closed on it, or nobody who answered. */
export type Met = number | 'closed' | 'silence'

/** Longer than an answer may take that waits for no body. */
const PATIENCE_MS = 3_000

export function call(url: string, { path, headers, body, withheld }: Forgery, agent: Agent): Promise<Met> {
  return new Promise(done => {
    const options = { method: 'POST', headers, agent, timeout: PATIENCE_MS }
    const sent = request(`${url}${path}`, options, answer => {
      answer.resume()
      done(answer.statusCode ?? 'closed')
      // Its body was promised and never comes: such a connection is good for nothing more.
      if (withheld) sent.destroy()
    })
    sent.on('timeout', () => {
      done('silence')
      sent.destroy()
    })
    sent.on('error', () => done('closed'))
    if (withheld) sent.flushHeaders()
    else sent.end(body)
  })
}
