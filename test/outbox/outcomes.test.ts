import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Outcome, SendError, type SendFailure } from '../../src/channels/channel.ts'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, testLine } from '../helpers/line.ts'
import { windowed } from '../helpers/windowed.ts'

const { db } = await testDatabase()
const platform = windowed()
const line = await testLine(db, undefined, platform)
const takes = platform.before
const office = 'lhokseumawe'
const AT = new Date('2026-11-23T03:00:00Z')

const outcome = (state: Outcome['state'], more: Partial<Outcome>): Outcome => ({
  office,
  channel: 'whatsapp-cloud',
  state,
  at: AT,
  ...more,
})
const failed = (failure: SendFailure, more: Partial<Outcome>) => outcome('failed', { failure, ...more })

type Row = {
  status: string
  delivery: number | null
  error: string | null
  attempts: number
  ref: string | null
}
/** The message this part's key belongs to. */
async function row(key: string): Promise<Row | undefined> {
  const { rows } = await db.pool.query<Row>(
    'select status, delivery, error, attempts, ref from outbox where key = $1',
    [key.slice(0, key.lastIndexOf('/'))],
  )
  return rows[0]
}

/** The last thing said to somebody: its part's key, and what the platform calls it. */
async function lastTo(who: string): Promise<{ key: string; ref: string }> {
  await line.quiet()
  const at = platform.sent.findLastIndex(({ address }) => address === who)
  return { key: platform.sent[at]?.key ?? '', ref: `r${at + 1}` }
}

/** The next send to this address that says so is answered by nobody. */
function lostOnce(who: string, words: string): { keys: string[] } {
  const keys: string[] = []
  platform.before = said => {
    if (said.address === who && said.text.includes(words)) {
      keys.push(said.key)
      if (keys.length === 1) throw new SendError('unknown', 'no answer')
    }
    return takes(said)
  }
  return { keys }
}

describe('what a platform tells of a message', () => {
  it('raises what is known of it, by its name or by its key, whoever else is told of', async () => {
    await line.say('ani', 'menu')
    const { key, ref } = await lastTo('ani')
    await platform.tell([
      outcome('read', { ref, office: 'medan' }),
      failed('refused', { key, office: 'medan' }),
    ])
    expect(await row(key)).toMatchObject({ status: 'sent', delivery: null })
    await platform.tell([outcome('delivered', { ref }), outcome('accepted', { key, ref })])
    expect(await row(key)).toMatchObject({ status: 'sent', delivery: 2 })
    await platform.tell([outcome('read', { key }), outcome('accepted', { ref: 'unheard of' })])
    await platform.tell([outcome('delivered', { key, ref })])
    expect(await row(key)).toMatchObject({ status: 'sent', delivery: 3 })
  })

  it('comes to the same in any order, in any batches, and any number of times', async () => {
    const states = fc.shuffledSubarray(['accepted', 'delivered', 'read'] as const, { minLength: 1 })
    await line.say('any', 'menu')
    const { key, ref } = await lastTo('any')
    await fc.assert(
      fc.asyncProperty(states, fc.infiniteStream(fc.boolean()), async (told, cuts) => {
        await db.pool.query('update outbox set delivery = null where ref = $1', [ref])
        const batch: Outcome[] = []
        for (const state of [...told, ...told]) {
          batch.push(outcome(state, { key, ref }))
          if (cuts.next().value) await platform.tell(batch.splice(0))
        }
        await platform.tell(batch)
        const most = Math.max(...told.map(state => ['accepted', 'delivered', 'read'].indexOf(state) + 1))
        expect(await row(key)).toMatchObject({ status: 'sent', delivery: most })
      }),
      { numRuns: 25 },
    )
  })

  it('says that it failed after all: its desk is told, once', async () => {
    const code = codeIn(await fileComplaint(line, 'budi'))
    await line.work('general', 'Rina', `balas ${code} Sudah selesai.`)
    await expect.poll(() => line.heard('budi').at(-1)).toContain('Sudah selesai.')
    const { key, ref } = await lastTo('budi')
    await platform.tell([outcome('accepted', { key, ref }), failed('blocked', { key, ref })])
    await platform.tell([failed('blocked', { key, ref })])
    const told = () =>
      line.shown('general').filter(text => text.includes(code) && text.includes('tidak sampai'))
    await expect.poll(() => told().length, { timeout: 5000 }).toBe(1)
    await line.quiet()
    await platform.tell([failed('blocked', { key, ref }), outcome('accepted', { key, ref })])
    expect(await row(key)).toMatchObject({ status: 'failed', error: 'blocked', delivery: 1 })
    expect(told()).toHaveLength(1)
  })

  it('that failed for now is said again, once', async () => {
    await line.say('cici', 'bantuan')
    const { key, ref } = await lastTo('cici')
    const before = line.heard('cici').length
    await platform.tell([failed('unreachable', { key, ref })])
    await expect.poll(async () => (await row(key))?.attempts).toBe(1)
    // Late, and of what is over.
    await platform.tell([outcome('accepted', { key, ref })])
    const due = () => db.pool.query(`update outbox set due_at = now() where status = 'waiting'`)
    await expect
      .poll(async () => (await due()) && line.heard('cici').length, { timeout: 5000 })
      .toBe(before + 1)
    await line.quiet()
    // Repeated, it is of the attempt before.
    await platform.tell([failed('unreachable', { key, ref })])
    expect(await row(key)).toMatchObject({ status: 'sent' })
    expect((await row(key))?.ref).not.toBe(ref)
  })

  it('that nothing is taken there any more, so it is held and said when they write', async () => {
    await line.say('dedi', 'bantuan')
    const { key, ref } = await lastTo('dedi')
    await db.pool.query(`update inbox set received_at = received_at - interval '1 day'`)
    await platform.tell([failed('window', { key, ref })])
    await expect.poll(async () => (await row(key))?.status, { timeout: 5000 }).toBe('held')
    // Late, and of what is over.
    await platform.tell([outcome('accepted', { key, ref })])
    const before = line.heard('dedi').length
    await line.say('dedi', 'menu')
    await expect.poll(() => line.heard('dedi').length).toBe(before + 2)
    expect(platform.sent.filter(({ key: of }) => of === key)).toHaveLength(2)
  })
})

describe('a message of which nobody knows whether it arrived', () => {
  it('waits a minute for word of it, and so does what follows', async () => {
    const { keys } = lostOnce('eka', 'petugas')
    await line.say('eka', 'bantuan')
    await expect.poll(() => keys.length).toBe(1)
    await line.say('eka', 'menu')
    await expect.poll(async () => (await row(keys[0] ?? ''))?.error).toBe('unknown')
    const { rows } = await db.pool.query<{ s: number }>(
      `select extract(epoch from due_at - now())::float8 as s from outbox where error = 'unknown'`,
    )
    expect(rows[0]?.s).toBeGreaterThan(50)
    expect(line.heard('eka')).toEqual([])
    await platform.tell([outcome('accepted', { key: keys[0] ?? '', ref: 'wamid.1' })])
    await expect.poll(() => line.heard('eka').length, { timeout: 5000 }).toBe(1)
    await expect.poll(async () => (await row(keys[0] ?? ''))?.status).toBe('sent')
    expect(await row(keys[0] ?? '')).toMatchObject({ delivery: 1, ref: 'wamid.1' })
    expect(keys).toHaveLength(1)
    platform.before = takes
  })

  it('is tried again under the same key when no word comes', async () => {
    const { keys } = lostOnce('fajar', 'petugas')
    await line.say('fajar', 'bantuan')
    const due = () => db.pool.query(`update outbox set due_at = now() where error = 'unknown'`)
    await expect.poll(async () => (await due()) && keys.length, { timeout: 5000 }).toBe(2)
    expect(new Set(keys).size).toBe(1)
    await expect.poll(() => line.heard('fajar').length).toBe(1)
    platform.before = takes
  })

  it('takes with it what left in the same message', async () => {
    const code = codeIn(await fileComplaint(line, 'gita'))
    const before = line.heard('gita').length
    const { keys } = lostOnce('gita', 'Loket yang mana')
    await line.work('general', 'Rina', `tanya ${code} Loket yang mana?`)
    await expect.poll(async () => (await row(keys[0] ?? ''))?.error).toBe('unknown')
    await platform.tell([outcome('delivered', { key: keys[0] ?? '' })])
    const both = async () =>
      (
        await db.pool.query<{ status: string }>(
          `select status from outbox where left_with is not null or key = $1 order by seq`,
          [keys[0]?.slice(0, -2)],
        )
      ).rows.map(({ status }) => status)
    await expect.poll(both, { timeout: 5000 }).toEqual(['sent', 'merged'])
    expect(line.heard('gita')).toHaveLength(before)
    platform.before = takes
  })

  it('failed with all that left in it', async () => {
    const code = codeIn(await fileComplaint(line, 'ika'))
    await line.work('general', 'Rina', `tanya ${code} Loket yang mana?`)
    await expect.poll(() => line.heard('ika').at(-1)).toContain('Loket yang mana?')
    const { key, ref } = await lastTo('ika')
    await platform.tell([failed('blocked', { key, ref })])
    const failures = async () =>
      (
        await db.pool.query(
          `select 1 from outbox o join tickets t on t.conversation_id = o.conversation_id
           where t.code = $1 and o.status = 'failed' and o.error = 'blocked'`,
          [code],
        )
      ).rowCount
    await expect.poll(failures, { timeout: 5000 }).toBe(2)
  })

  it('says nothing of a part whose answer was lost, when it is of the part before', async () => {
    Object.assign(platform.capabilities, { textMax: 120 })
    const keys: string[] = []
    platform.before = said => {
      if (said.address !== 'ika') return takes(said)
      keys.push(said.key)
      if (keys.length === 2) throw new SendError('unknown', 'no answer')
    }
    await line.say('ika', 'privasi')
    const waits = `select due_at > now() + interval '30 seconds' as long from outbox where error = 'unknown' and parts_sent = 1`
    await expect.poll(async () => (await db.pool.query(waits)).rows).toEqual([{ long: true }])
    const [first, second] = keys.map(key => outcome('delivered', { key }))
    await platform.tell([first as Outcome])
    expect((await db.pool.query(waits)).rows).toEqual([{ long: true }])
    await platform.tell([second as Outcome])
    await line.quiet()
    expect(keys.length).toBeGreaterThan(2)
    expect(new Set(keys).size).toBe(keys.length)
    Object.assign(platform.capabilities, { textMax: 4096 })
    platform.before = takes
  })

  it('was out before its answer was lost, when word of it came first', async () => {
    platform.before = async said => {
      if (said.address !== 'hadi') return
      await platform.tell([outcome('accepted', { key: said.key })])
      throw new SendError('unknown', 'no answer')
    }
    await line.say('hadi', 'menu')
    await expect
      .poll(async () => (await db.pool.query(`select 1 from outbox where error = 'unknown'`)).rowCount, {
        timeout: 5000,
      })
      .toBe(0)
    await line.quiet()
    const { rows } = await db.pool.query(
      `select key, status, error, parts_sent, attempts, due_at from outbox where status not in ('sent', 'merged', 'failed')`,
    )
    expect(rows).toEqual([])
    platform.before = takes
  })
})

describe('what is charged', () => {
  const price = { category: 'service', type: 'regular', billable: true }
  it('is counted once a message, however often it is told, by month and kind', async () => {
    const free = { category: 'utility', type: 'free_customer_service', billable: false }
    const told = [
      outcome('accepted', { ref: 'w1', price }),
      outcome('delivered', { ref: 'w1', price }),
      outcome('accepted', { ref: 'w2', price }),
      outcome('accepted', { ref: 'w3', price: free }),
      outcome('accepted', { ref: 'w4', price, at: new Date('2026-12-01T00:00:00Z') }),
    ]
    await Promise.all([platform.tell(told), platform.tell(told.toReversed())])
    await platform.tell(told)
    const { rows } = await db.pool.query(
      `select month, category, type, billable, messages from prices where office = $1 and channel = 'whatsapp-cloud'
       order by month desc, category`,
      [office],
    )
    expect(rows).toEqual([
      { month: '2026-12', ...price, messages: 1 },
      { month: '2026-11', ...price, messages: 2 },
      { month: '2026-11', ...free, messages: 1 },
    ])
    expect(line.counters.text()).toContain('\nbalai_messages_charged_total 3\n')
  })
})
