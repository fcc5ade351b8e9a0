import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Key, signatureFault } from './signature.ts'

export type FakeS3 = Key & {
  /** The bucket's own address. */
  url: string
  /** What lies in the bucket, by name. Change `at` to make something old. */
  objects: Map<string, { bytes: Buffer; at: Date }>
  /** Requests as they came, for example `PUT files/…`. */
  asked: string[]
  /** The next answers, whatever is asked: a status with S3's word for it, or 'cut' for a connection that breaks. */
  failing: ({ status: number; code: string } | 'cut')[]
  stop(): Promise<void>
}

const BUCKET = 'balai'

/**
 * A bucket that is as strict as the real one: a request is answered only when its signature, its time and the hash of its body are
 * right. Speaks what we use: PUT, GET, DELETE of an object, and ListObjectsV2 with pages.
 */
export async function startFakeS3({ pageSize = 1000 } = {}): Promise<FakeS3> {
  const fake: Omit<FakeS3, 'url' | 'stop'> = {
    region: 'id-contoh-1',
    keyId: 'KUNCI-CONTOH',
    secret: 'rahasia/kunci+contoh',
    objects: new Map(),
    asked: [],
    failing: [],
  }
  const server = createServer((request, answer) => void serve(fake, pageSize, request, answer))
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return Object.assign(fake, {
    url: `http://127.0.0.1:${port}/${BUCKET}`,
    async stop() {
      server.closeAllConnections()
      await new Promise(done => server.close(done))
    },
  })
}

async function serve(
  fake: Omit<FakeS3, 'url' | 'stop'>,
  pageSize: number,
  request: IncomingMessage,
  answer: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://s3')
  const [, bucket, ...rest] = pathname.split('/')
  const name = rest.map(decodeURIComponent).join('/')
  fake.asked.push(`${request.method} ${name}`)
  const failure = fake.failing.shift()
  if (failure === 'cut') return void request.socket.destroy()
  if (failure !== undefined) return refuse(answer, failure.status, failure.code)
  const fault = signatureFault(request, body, fake)
  if (fault !== undefined) return refuse(answer, fault === 'XAmzContentSHA256Mismatch' ? 400 : 403, fault)
  if (bucket !== BUCKET) return refuse(answer, 404, 'NoSuchBucket')

  if (request.method === 'PUT' && name !== '') {
    fake.objects.set(name, { bytes: body, at: new Date() })
    answer.writeHead(200).end()
  } else if (request.method === 'DELETE' && name !== '') {
    fake.objects.delete(name)
    answer.writeHead(204).end()
  } else if (request.method === 'GET' && name !== '') {
    const found = fake.objects.get(name)
    if (found === undefined) return refuse(answer, 404, 'NoSuchKey')
    answer.writeHead(200, { 'Content-Type': 'binary/octet-stream' }).end(found.bytes)
  } else if (request.method === 'GET' && searchParams.get('list-type') === '2') {
    answer.writeHead(200, { 'Content-Type': 'application/xml' }).end(listing(fake, pageSize, searchParams))
  } else refuse(answer, 405, 'MethodNotAllowed')
}

function refuse(answer: ServerResponse, status: number, code: string): void {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>no</Message></Error>`
  answer.writeHead(status, { 'Content-Type': 'application/xml' }).end(xml)
}

/** A page begins after the name in the token, which is opaque and full of signs that XML and addresses must escape. */
function listing(fake: Omit<FakeS3, 'url' | 'stop'>, pageSize: number, query: URLSearchParams): string {
  const after = query.get('continuation-token')?.replace(/^<&\+=>/, '') ?? ''
  const names = [...fake.objects.keys()]
    .filter(name => name.startsWith(query.get('prefix') ?? '') && name > after)
    .sort()
  const page = names.slice(0, pageSize)
  const contents = page.map(name => {
    const { at, bytes } = fake.objects.get(name) ?? { at: new Date(0), bytes: Buffer.alloc(0) }
    return `<Contents><Key>${name}</Key><LastModified>${at.toISOString()}</LastModified><Size>${bytes.length}</Size></Contents>`
  })
  const isCut = page.length < names.length
  const next = isCut ? `<NextContinuationToken>&lt;&amp;+=&gt;${page.at(-1)}</NextContinuationToken>` : ''
  return `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult><Name>${BUCKET}</Name><IsTruncated>${isCut}</IsTruncated>${contents.join('')}${next}</ListBucketResult>`
}
