import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { AwsV4Signer } from 'aws4fetch'

/** An S3-compatible bucket and the key that opens it. `url` is the bucket's own address, without a slash at the end. */
export type Bucket = { url: string; region: string; keyId: string; secret: string }

export type Ask = {
  method: 'GET' | 'PUT' | 'DELETE'
  path: string
  query?: Record<string, string>
  body?: Buffer
}
export type Answer = { status: number; bytes: Buffer }

/** The store cannot be reached or is too busy, said in PostgreSQL's code for a lost connection, so that doors answer 503. */
export class ObjectStoreAway extends Error {
  override name = 'ObjectStoreAway' as const
  readonly code = '08006'
}

/** The store answers, but not to us: wrong key, wrong region, no such bucket. `code` is its own word for it, or the status. */
export class ObjectStoreRefused extends Error {
  override name = 'ObjectStoreRefused' as const
  readonly code: string
  constructor(code: string) {
    super(`The object store refused: ${code}.`)
    this.code = code
  }
}

/** One attempt; 10 MB leave an office on 10 Mbit/s in nine seconds. */
const ATTEMPT_MS = 20_000
/** Before the second and the third attempt: stores answer 503 for a moment as a matter of course. */
const PAUSES_MS = [200, 800]
const BUSY = [429, 500, 502, 503, 504]

/** Asks the bucket, again when it is briefly busy; resolves for success and for "there is no such object" (404) alone. */
export async function askBucket(bucket: Bucket, ask: Ask): Promise<Answer> {
  let cause: unknown
  for (const wait of [0, ...PAUSES_MS]) {
    await pause(wait)
    try {
      const answer = await askOnce(bucket, ask)
      if (!BUSY.includes(answer.status)) return judged(answer)
      cause = new Error(`status ${answer.status}`)
    } catch (error) {
      if (error instanceof ObjectStoreRefused) throw error
      cause = error
    }
  }
  throw new ObjectStoreAway('The object store cannot be reached.', { cause })
}

async function askOnce(bucket: Bucket, { method, path, query = {}, body }: Ask): Promise<Answer> {
  const url = new URL(`${bucket.url}/${path}`)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  const { keyId: accessKeyId, secret: secretAccessKey, region } = bucket
  const headers = {
    // Signed, so that a byte changed on the way is refused there.
    'X-Amz-Content-Sha256': createHash('sha256')
      .update(body ?? '')
      .digest('hex'),
  }
  const signer = new AwsV4Signer({
    url: url.href,
    method,
    headers,
    accessKeyId,
    secretAccessKey,
    region,
    service: 's3',
  })
  const signed = await signer.sign()
  const answer = await fetch(signed.url, {
    method,
    headers: signed.headers,
    ...(body === undefined ? {} : { body: new Uint8Array(body) }),
    // What was signed for one host is not sent to another.
    redirect: 'error',
    signal: AbortSignal.timeout(ATTEMPT_MS),
  })
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) }
}

function judged(answer: Answer): Answer {
  if (answer.status >= 200 && answer.status < 300) return answer
  const code = /<Code>(\w{1,60})<\/Code>/.exec(answer.bytes.toString('utf8', 0, 4096))?.[1]
  if (answer.status === 404 && code !== 'NoSuchBucket') return answer
  throw new ObjectStoreRefused(code ?? String(answer.status))
}
