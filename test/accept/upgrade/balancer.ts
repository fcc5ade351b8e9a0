import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Balancer = {
  url: string
  /** Where requests go from now on, in turn. */
  to(ports: number[]): void
  /** Answers that were no success and no "come again", by status. */
  faults(): number
  /** How often the one whose turn it was did not answer at all. */
  away(): number
  /** Requests each port has answered. */
  answered: Map<number, number>
  close(): Promise<void>
}

/** What stands before several processes: takes one after another, and says 503 for one that does not answer. */
export async function startBalancer(): Promise<Balancer> {
  let ports: number[] = []
  let turn = 0
  let faults = 0
  let away = 0
  const answered = new Map<number, number>()

  function pass(asked: IncomingMessage, answer: ServerResponse): void {
    turn += 1
    const port = ports[turn % ports.length]
    const { method, url: path, headers } = asked
    const on = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, heard => {
      const status = heard.statusCode ?? 0
      if (status >= 400 && status !== 429 && status !== 503) faults += 1
      if (port !== undefined) answered.set(port, (answered.get(port) ?? 0) + 1)
      answer.writeHead(status, heard.headers)
      heard.pipe(answer)
    })
    on.once('error', () => {
      away += 1
      if (!answer.headersSent) answer.writeHead(503)
      answer.end()
    })
    asked.pipe(on)
  }

  const server = createServer(pass)
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    to(next) {
      ports = next
    },
    faults: () => faults,
    away: () => away,
    answered,
    close: () =>
      new Promise(done => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
