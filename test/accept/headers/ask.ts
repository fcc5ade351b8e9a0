import { request } from 'node:http'

export type Said = { status: number; all: string }

/** One request on a connection of its own, with these headers as they are; `from` is the address it really comes from. */
export function ask(port: number, { from, method = 'GET', path, headers, body }: Asked): Promise<Said> {
  return new Promise((done, fail) => {
    const sent = request(
      { host: '127.0.0.1', port, localAddress: from, method, path, agent: false, headers },
      answer => {
        const chunks: Buffer[] = []
        answer.on('data', chunk => chunks.push(chunk))
        answer.once('error', fail)
        answer.once('end', () =>
          done({
            status: answer.statusCode ?? 0,
            all: `${answer.rawHeaders.join('\n')}\n${Buffer.concat(chunks)}`,
          }),
        )
      },
    )
    sent.once('error', fail)
    sent.end(body)
  })
}

export type Asked = {
  from: string
  method?: string
  path: string
  headers: Record<string, string>
  body?: string
}
