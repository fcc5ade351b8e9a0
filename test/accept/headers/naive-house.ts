import { type Context, Hono } from 'hono'
import { createBuckets } from '../../../src/channels/web/buckets.ts'
import { LIMITS } from '../../../src/lib/limits.ts'

const said = (c: Context, name: string) => c.req.header(name)?.split(',')[0]?.trim()

/** What is often written: links by the name that was asked for, tries counted by whom a request says it is from. */
export function naiveHouse(): Hono {
  const tries = createBuckets(LIMITS.clientStatus.rate)
  return new Hono()
    .get('*', c => c.text(`https://${said(c, 'x-forwarded-host') ?? said(c, 'host')}/sign-in/kata`))
    .post('*', c =>
      c.text(
        '',
        tries.take(said(c, 'x-forwarded-for') ?? said(c, 'x-real-ip') ?? 'somebody') > 0 ? 429 : 422,
      ),
    )
}
