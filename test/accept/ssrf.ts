import { type FetchLimits, FetchRefused, fetchLimited } from '../../src/lib/fetch-limited.ts'
import { type Check, progress } from './check.ts'
import { INSIDE, startInner, waysInside } from './hostile-servers/inner.ts'
import { BODIES, type Platform, RAW, startPlatform } from './hostile-servers/platform.ts'

const TOKEN = 'bot123456:AAEtoken-contoh'
const LIMITS = { maxBytes: 100_000, timeoutMs: 1500, headersMs: 700 }
/** A refusal that comes later than this was not in time; two busy cores take their part. */
const LATE_MS = 3000
const REDIRECTS = [300, 301, 302, 303, 307, 308]

type Case = { name: string; url: string; limits: FetchLimits; good?: boolean }

const named = (address: string) => ({ address, family: address.includes(':') ? 6 : 4 })

/** Everything that is tried. `port` is the server inside that must not be reached. */
function cases({ origin, rawOrigin }: Platform, port: number): Case[] {
  const from = (allowedOrigin: string, more: Partial<FetchLimits> = {}) => ({
    ...LIMITS,
    allowedOrigin,
    ...more,
  })
  const asked = (at: string, path: string) => `${at}/${TOKEN}/${path}`
  const inside = waysInside(port)
  return [
    ...Object.keys(BODIES).map(name => ({
      name,
      url: asked(origin, name),
      limits: from(origin),
      good: name === 'good',
    })),
    ...Object.keys(RAW).map(name => ({
      name,
      url: asked(rawOrigin(name), name),
      limits: from(rawOrigin(name)),
    })),
    ...inside.map(url => ({ name: `another origin ${url}`, url, limits: from(origin) })),
    ...REDIRECTS.flatMap(status =>
      [...inside, 'file:///etc/passwd', 'data:text/plain,x', `//127.0.0.1:${port}/`].map(to => ({
        name: `redirect ${status} ${to}`,
        url: asked(origin, `to/${status}/${encodeURIComponent(to)}`),
        limits: from(origin),
      })),
    ),
    ...INSIDE.flatMap(address => [
      {
        name: `a name that is ${address}`,
        url: asked(`http://files.platform.example:${port}`, 'good'),
        limits: from(`http://files.platform.example:${port}`, { resolve: async () => [named(address)] }),
      },
      {
        name: `a name that is public and ${address}`,
        url: asked(`http://files.platform.example:${port}`, 'good'),
        limits: from(`http://files.platform.example:${port}`, {
          resolve: async () => [named('149.154.167.220'), named(address)],
        }),
      },
    ]),
    {
      name: 'a name nobody answers for',
      url: asked('http://files.platform.example', 'good'),
      limits: from('http://files.platform.example', { resolve: () => new Promise<never>(() => undefined) }),
    },
  ]
}

type Totals = { fetched: number; goodRefused: number; late: number; leaks: number; slowestMs: number }

async function tryAll(all: Case[]): Promise<Totals> {
  const totals = { fetched: 0, goodRefused: 0, late: 0, leaks: 0, slowestMs: 0 }
  await Promise.all(
    all.map(async ({ name, url, limits, good = false }) => {
      const began = performance.now()
      const fault = await fetchLimited(url, limits).then(
        () => undefined,
        (error: unknown) => error,
      )
      const ms = Math.round(performance.now() - began)
      totals.slowestMs = Math.max(totals.slowestMs, ms)
      if (ms > LATE_MS) totals.late += 1
      if (fault === undefined && !good) totals.fetched += 1
      if (fault !== undefined && good) totals.goodRefused += 1
      if (fault === undefined) return
      const said =
        fault instanceof Error ? `${fault.stack} ${JSON.stringify(fault)} ${String(fault.cause)}` : ''
      const isLeak = said.includes('token-contoh') || !(fault instanceof FetchRefused)
      if (isLeak) totals.leaks += 1
      if (isLeak || good || ms > LATE_MS) progress(`${name}: ${String(fault)} after ${ms} ms`)
    }),
  )
  return totals
}

/** The same name means the platform first and a neighbour on the same port a moment later. Connects of the neighbour. */
async function rebind(platform: Platform): Promise<{ looks: number; connects: number; fetched: number }> {
  // Linux answers on all of 127.0.0.0/8; elsewhere there is no second address to move to.
  const neighbour = await startInner('127.0.0.2', platform.port).catch(() => undefined)
  const answers = ['127.0.0.1', '127.0.0.2', '127.0.0.2']
  let looks = 0
  const allowedOrigin = `http://rebinding.example:${platform.port}`
  const fetched = await fetchLimited(`${allowedOrigin}/${TOKEN}/good`, {
    ...LIMITS,
    allowedOrigin,
    inside: true,
    resolve: async () => [named(answers[looks++] ?? '127.0.0.2')],
  })
  const connects = neighbour?.connects() ?? 0
  await neighbour?.stop()
  return { looks, connects, fetched: fetched.bytes.toString() === 'a photo' ? 1 : 0 }
}

/** What is often written: a look at the words of the address, then a plain fetch. */
async function naive(all: Case[]): Promise<number> {
  let largest = 0
  for (const { url } of all) {
    if (/^https?:\/\/(127\.0\.0\.1:\d+\/foto|localhost)/.test(url)) continue
    const stop = AbortSignal.timeout(LIMITS.timeoutMs)
    const size = await fetch(url, { signal: stop }).then(
      async answer => (await answer.arrayBuffer()).byteLength,
      () => 0,
    )
    largest = Math.max(largest, size)
  }
  return largest
}

/**
 * Guarantees T18, R13: a platform that answers to hurt, names that point inside, and this machine in every notation: nothing is
 * fetched but the one good file, nobody inside is connected to, every refusal comes in time and says no token. The control reads
 * the address with a pattern and calls `fetch`: it must be seen inside, and swallow a bomb.
 */
export const check: Check = {
  async run() {
    const platform = await startPlatform()
    const inner = await startInner('127.0.0.1')
    // The same port in IPv6, where this machine has it: some notations mean that address.
    const inner6 = await startInner('::1', inner.port).catch(() => undefined)
    const connects = () => inner.connects() + (inner6?.connects() ?? 0)
    try {
      const all = cases(platform, inner.port)
      const totals = await tryAll(all)
      const innerConnects = connects()
      const rssMiB = Math.round(process.resourceUsage().maxRSS / 1024)
      const rebound = await rebind(platform)
      progress('control')
      const short = all.filter(
        ({ name }) => name.startsWith('redirect 302') || name.startsWith('another origin'),
      )
      const bombs = all.filter(({ name }) => name.startsWith('bomb'))
      const controlBytes = await naive([...short, ...bombs])
      const controlConnects = connects() - innerConnects
      const held =
        totals.fetched + totals.goodRefused + totals.late + totals.leaks + innerConnects === 0 &&
        rebound.looks === 1 &&
        rebound.connects === 0 &&
        rebound.fetched === 1
      return {
        totals: {
          cases: all.length + 1,
          innerConnects: innerConnects + rebound.connects,
          ...totals,
          lookUps: rebound.looks,
          rssMiB,
          controlConnects,
          controlBytes,
        },
        ok: held && rssMiB < 512 && controlConnects > 0 && controlBytes > LIMITS.maxBytes,
      }
    } finally {
      await platform.stop()
      await inner.stop()
      await inner6?.stop()
    }
  },
}
