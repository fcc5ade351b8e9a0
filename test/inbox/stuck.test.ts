import { describe, expect, it } from 'vitest'
import { testDatabase } from '../helpers/database.ts'
import { testLine } from '../helpers/line.ts'

const { db, owner } = await testDatabase()
const line = await testLine(db)
const { sealing } = line.room
const hashOf = (who: string) => sealing.hash('address', 'lhokseumawe', 'telegram', who)

type Row = { id: string; wrapped_key: Buffer; state: Buffer; turn: number; waiting: string | null }
async function rowOf(who: string): Promise<Row> {
  const { rows } = await db.pool.query<Row>('select * from conversations where address_hash = $1', [
    hashOf(who),
  ])
  if (rows[0] === undefined) throw new Error(`${who} has no conversation`)
  return rows[0]
}

async function stateOf(who: string): Promise<Record<string, unknown>> {
  const { id, wrapped_key, state } = await rowOf(who)
  return JSON.parse(
    sealing.open(sealing.unwrap(wrapped_key, `conversations.${id}`), `conversations.state.${id}`, state),
  )
}

/** Puts another state in the place of a citizen's own, sealed as it should be. */
async function putState(who: string, change: (state: Record<string, unknown>) => unknown): Promise<void> {
  const { id, wrapped_key } = await rowOf(who)
  const key = sealing.unwrap(wrapped_key, `conversations.${id}`)
  const sealed = sealing.seal(key, `conversations.state.${id}`, JSON.stringify(change(await stateOf(who))))
  await db.pool.query('update conversations set state = $2 where id = $1', [id, sealed])
}

/** Makes every waiting message's next attempt its last, and waits until none is left. */
async function untilGivenUp(): Promise<void> {
  await expect
    .poll(
      async () => {
        await db.pool.query(
          `update inbox set attempts = greatest(attempts, 4), due_at = now() where status = 'pending'`,
        )
        const { rows } = await db.pool.query<{ open: number }>(
          `select count(*)::int as open from inbox where status = 'pending'`,
        )
        return rows[0]?.open
      },
      { timeout: 15_000, interval: 300 },
    )
    .toBe(0)
  await line.quiet()
}

const quarantined = async () =>
  (await db.pool.query(`select id from inbox where status = 'quarantined'`)).rowCount ?? 0

async function halfFiled(who: string): Promise<void> {
  for (const text of ['lapor', 'layanan', 'terbuka']) await line.say(who, text)
  await line.quiet()
}

describe('a state the engine throws on', () => {
  it.each([
    ['a list that is none', (state: object) => ({ ...state, at: { ...Object(state).at, given: 5 } })],
    ['no state at all', () => null],
    ['a question nobody asks', (state: object) => ({ ...state, asking: 'weather' })],
  ])('is put to rest when the message is given up, and the citizen told: %s', async (what, change) => {
    await halfFiled(what)
    await putState(what, change)
    await line.say(what, 'Antrean loket lama sekali, tiga jam belum dipanggil')
    await untilGivenUp()
    expect(line.heard(what).at(-1)).toContain('tidak dapat dilanjutkan')
    const { turn, waiting } = await rowOf(what)
    expect(await stateOf(what)).toEqual({ turn, language: 'id' })
    expect(waiting).toBeNull()
    const before = await quarantined()
    await line.say(what, 'menu')
    await line.quiet()
    expect(line.heard(what).at(-1)).toContain('dapat kami bantu')
    expect(await quarantined()).toBe(before)
  })

  it('is kept where the message or the records are at fault: the draft goes on', async () => {
    await halfFiled('kept')
    const before = await stateOf('kept')
    await owner.db.pool.query(`alter table outbox add constraint away check (sender <> 'bot') not valid`)
    await line.say('kept', 'Antrean loket lama sekali, tiga jam belum dipanggil')
    await expect
      .poll(async () => (await db.pool.query(`select 1 from inbox where status = 'pending'`)).rowCount)
      .toBe(1)
    await db.pool.query(`update inbox set attempts = 5, due_at = now() where status = 'pending'`)
    await owner.db.pool.query('alter table outbox drop constraint away')
    await untilGivenUp()
    expect(line.heard('kept').at(-1)).toContain('gagal kami proses')
    expect(line.heard('kept').at(-1)).not.toContain('tidak dapat dilanjutkan')
    expect(await stateOf('kept')).toEqual(before)
  })
})

describe('a conversation whose own key is damaged', () => {
  it('ends each message at quarantine after the usual attempts, and the desk is told', async () => {
    await line.say('locked', 'menu')
    await line.quiet()
    await db.pool.query(
      `update conversations set wrapped_key = set_byte(wrapped_key, 20, (get_byte(wrapped_key, 20) + 1) % 256)
       where address_hash = $1`,
      [hashOf('locked')],
    )
    const before = await quarantined()
    const shown = line.shown('general').length
    await line.say('locked', 'lapor')
    await line.say('locked', 'halo?')
    await untilGivenUp()
    expect(await quarantined()).toBe(before + 2)
    expect(
      line
        .shown('general')
        .slice(shown)
        .filter(text => text.includes('disisihkan')),
    ).toHaveLength(2)
    await line.say('other', 'menu')
    await line.quiet()
    expect(line.heard('other')).toHaveLength(1)
  })
})
