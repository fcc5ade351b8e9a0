import { lookup } from 'node:dns/promises'
import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import { isPublicAddress } from './public-address.ts'

export type Resolved = { address: string; family: number }

export type FetchLimits = {
  /** Scheme, host and port of the platform; nothing else is asked, and no redirect is followed. */
  allowedOrigin: string
  maxBytes: number
  /** Milliseconds for everything, name look-up and last byte included. */
  timeoutMs: number
  /** Milliseconds until the head of the answer; by default as long as everything may take. */
  headersMs?: number
  /**
   * Whether `allowedOrigin` may lie in our own network because the operator put it there. By default only when its host says so
   * itself: an address of a private range, or a name without a dot (`localhost`, `bot-api`), which is nobody's outside.
   */
  inside?: boolean
  headers?: Record<string, string>
  /** Looks a name up; the system's resolver by default. */
  resolve?: (host: string) => Promise<Resolved[]>
}

export type Fetched = { bytes: Buffer; type: string | undefined }

export type FetchFault =
  | 'origin'
  | 'address'
  | 'redirect'
  | 'status'
  | 'encoded'
  | 'too_large'
  | 'too_slow'
  | 'broken'

/** Why nothing was fetched. Says neither address nor path: a platform's file paths hold the bot's token. */
export class FetchRefused extends Error {
  override name = 'FetchRefused' as const
  readonly fault: FetchFault
  /** The platform's, when it answered. */
  readonly status: number | undefined
  /** Node's own for what broke: ECONNREFUSED, ENOTFOUND, a certificate's. */
  readonly code: string | undefined

  constructor(fault: FetchFault, more: { status?: number | undefined; code?: string | undefined } = {}) {
    super(`A file could not be fetched: ${fault}${more.code === undefined ? '' : ` (${more.code})`}.`)
    this.fault = fault
    this.status = more.status
    this.code = more.code
  }
}

/**
 * Downloads one file from a platform. The name is looked up once, every address it has must be allowed, and the connection goes to
 * one of those: a name that points elsewhere a moment later gains nothing. Bytes are counted as they come, announced length or not.
 * Rejects with FetchRefused alone.
 */
export async function fetchLimited(url: string, limits: FetchLimits): Promise<Fetched> {
  const to = allowedUrl(url, limits.allowedOrigin)
  const stop = new AbortController()
  const late = setTimeout(() => stop.abort(), limits.timeoutMs)
  const headLate = setTimeout(() => stop.abort(), limits.headersMs ?? limits.timeoutMs)
  try {
    const addresses = await inTime(addressesOf(to, limits), stop.signal)
    const answer = await headOf(to, addresses, limits.headers ?? {}, stop.signal)
    clearTimeout(headLate)
    try {
      return { bytes: await bodyOf(answer, limits.maxBytes), type: answer.headers['content-type'] }
    } finally {
      // Whatever is still to come is not waited for.
      answer.destroy()
    }
  } catch (error) {
    if (error instanceof FetchRefused) throw error
    throw new FetchRefused(stop.signal.aborted ? 'too_slow' : 'broken', { code: codeOf(error) })
  } finally {
    clearTimeout(late)
    clearTimeout(headLate)
  }
}

function allowedUrl(url: string, allowedOrigin: string): URL {
  const to = URL.parse(url)
  const ours = URL.parse(allowedOrigin)?.origin
  const isWeb = to?.protocol === 'https:' || to?.protocol === 'http:'
  if (to === null || !isWeb || to.origin !== ours || to.username !== '' || to.password !== '') {
    throw new FetchRefused('origin')
  }
  return to
}

async function addressesOf(to: URL, limits: FetchLimits): Promise<Resolved[]> {
  const host = to.hostname.replace(/^\[|\]$/g, '')
  const family = isIP(host)
  const inside = limits.inside ?? (family === 0 ? !host.includes('.') : !isPublicAddress(host))
  const found = family === 0 ? await (limits.resolve ?? lookUp)(host) : [{ address: host, family }]
  // One bad address among good ones is a trap, not a mistake.
  if (found.length === 0 || !(inside || found.every(({ address }) => isPublicAddress(address)))) {
    throw new FetchRefused('address')
  }
  return found
}

function lookUp(host: string): Promise<Resolved[]> {
  return lookup(host, { all: true })
}

/** A look-up cannot be called off, but nobody has to wait for it. */
function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((done, fail) => {
    signal.addEventListener('abort', () => fail(new FetchRefused('too_slow')), { once: true })
    work.then(done, fail)
  })
}

function headOf(
  to: URL,
  addresses: Resolved[],
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const options: RequestOptions = {
    // No connection that was opened before, under another look-up.
    agent: false,
    signal,
    // Not compressed: a megabyte of zeroes travels as a kilobyte, and the count would be of the wrong bytes.
    headers: { ...headers, 'Accept-Encoding': 'identity' },
    lookup: (_host, asked, answer) => {
      const [first] = addresses
      if (asked.all) answer(null, addresses)
      else answer(null, first?.address ?? '', first?.family ?? 4)
    },
  }
  return new Promise((done, fail) => {
    const asking = to.protocol === 'https:' ? requestHttps(to, options) : requestHttp(to, options)
    asking.once('response', done)
    // Stays on: the connection may break once more after we have given up on it.
    asking.on('error', fail)
    asking.end()
  })
}

async function bodyOf(answer: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const status = answer.statusCode ?? 0
  if (status >= 300 && status < 400) throw new FetchRefused('redirect', { status })
  if (status !== 200) throw new FetchRefused('status', { status })
  if ((answer.headers['content-encoding'] ?? 'identity') !== 'identity') throw new FetchRefused('encoded')
  if (Number(answer.headers['content-length'] ?? 0) > maxBytes) throw new FetchRefused('too_large')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) throw new FetchRefused('too_large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
