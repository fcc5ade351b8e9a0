import type { Hono } from 'hono'
import { listen } from '../../../src/listen.ts'
import { ORIGIN, type Visitor } from '../../helpers/desk-house.ts'

/** The pages behind a port, as browsers reach them. */
export type Served = {
  /** A form sent as the page of ours would, over a connection. */
  post(path: string, form?: Record<string, string>, cookie?: string): Promise<Response>
  close(): Promise<void>
}

export async function serveApp(app: Hono): Promise<Served> {
  const { port, close } = await listen(app.fetch, { host: '127.0.0.1', port: 0 })
  return {
    close,
    post: (path, form = {}, cookie = '') =>
      fetch(`http://127.0.0.1:${port}${path}`, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          cookie,
          origin: ORIGIN,
          'sec-fetch-site': 'same-origin',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams(form),
      }),
  }
}

/** The same by each of them at once; the answers in their order. */
export function allAtOnce<T, R>(each: readonly T[], deed: (one: T, n: number) => Promise<R>): Promise<R[]> {
  return Promise.all(each.map(deed))
}

export function times(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n)
}

export function cookieOf({ cookie }: Visitor): string {
  return cookie
}
