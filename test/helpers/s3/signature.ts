import { createHash, createHmac } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export type Key = { region: string; keyId: string; secret: string }

type Asked = Pick<IncomingMessage, 'method' | 'url' | 'headers'>

const SKEW_MS = 15 * 60_000
const HEADER =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([\w;-]+), Signature=([0-9a-f]{64})$/

/**
 * What S3 would say of a request's signature: its word for the fault, or undefined when all is right. Computed from the published
 * description of Signature Version 4, sharing nothing with the client under test.
 */
export function signatureFault(
  request: Asked,
  body: Buffer,
  key: Key,
  nowMs = Date.now(),
): string | undefined {
  const given = HEADER.exec(request.headers.authorization ?? '')
  if (given === null) return 'AccessDenied'
  const [, keyId = '', day = '', region = '', signedNames = '', signature = ''] = given
  if (keyId !== key.keyId) return 'InvalidAccessKeyId'
  if (region !== key.region) return 'AuthorizationHeaderMalformed'
  const stamp = String(request.headers['x-amz-date'])
  const at = Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  if (!(Math.abs(nowMs - at) < SKEW_MS) || !stamp.startsWith(day)) return 'RequestTimeTooSkewed'
  const names = signedNames.split(';')
  // Whatever could change what the request means must be signed.
  for (const name of ['host', ...Object.keys(request.headers).filter(name => name.startsWith('x-amz-'))]) {
    if (!names.includes(name)) return 'AccessDenied'
  }
  const hash = String(request.headers['x-amz-content-sha256'])
  if (hash !== sha256(body)) return 'XAmzContentSHA256Mismatch'
  const canonical = [
    request.method,
    ...targetOf(request),
    ...names.map(name => `${name}:${String(request.headers[name] ?? '').trim()}`),
    '',
    signedNames,
    hash,
  ].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const toSign = ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonical)].join('\n')
  const signingKey = [day, region, 's3', 'aws4_request'].reduce<Buffer>(
    (under, part) => createHmac('sha256', under).update(part).digest(),
    Buffer.from(`AWS4${key.secret}`),
  )
  const ours = createHmac('sha256', signingKey).update(toSign).digest('hex')
  return ours === signature ? undefined : 'SignatureDoesNotMatch'
}

/** Path and query as they are signed: every part encoded once, the query in order of its names. */
function targetOf(request: Asked): [string, string] {
  const [path = '', query = ''] = (request.url ?? '').split('?')
  const parts = [...new URLSearchParams(query)].map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
  return [path.split('/').map(decodeURIComponent).map(encoded).join('/'), parts.sort().join('&')]
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function sha256(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex')
}
