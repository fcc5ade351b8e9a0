import { describe, expect, it } from 'vitest'
import { wipeDue } from '../../src/inbox/wipe.ts'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, ORDINARY, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)

describe('DATA SAYA', () => {
  it('says how much is kept about this chat, and nothing of others', async () => {
    await fileComplaint(line, 'other')
    await fileComplaint(line, 'ani')
    await line.say('ani', 'data saya')
    await line.quiet()
    expect(line.heard('ani').at(-1)).toMatch(/1 laporan/)
  })
})

describe('HAPUS DATA', () => {
  it('needs the plain word typed', async () => {
    await line.say('ani', 'hapus data')
    await line.say('ani', 'iya deh')
    await line.quiet()
    const { rows } = await db.pool.query('select 1 from tickets where wrapped_key is null')
    expect(rows).toEqual([])
  })

  it('makes every word unreadable, of the report, the chat and the card; the figures stay', async () => {
    const code = codeIn(await fileComplaint(line, 'bayu'))
    await line.say('bayu', 'hapus data')
    await line.say('bayu', 'HAPUS')
    await line.quiet()
    await wipeDue(db, line.room.sealing)
    const { rows } = await db.pool.query(
      'select status, wrapped_key, fields, conversation_id from tickets where code = $1',
      [code],
    )
    expect(rows).toEqual([{ status: 'withdrawn', wrapped_key: null, fields: null, conversation_id: null }])
    const hash = line.room.sealing.hash('address', 'lhokseumawe', 'telegram', 'bayu')
    expect(
      (await db.pool.query('select 1 from conversations where address_hash = $1', [hash])).rowCount,
    ).toBe(0)
    expect(
      (
        await db.pool.query(`select 1 from outbox o join tickets t on t.id = o.about where t.code = $1`, [
          code,
        ])
      ).rowCount,
    ).toBe(0)
    await line.work('general', 'Rina', `balas ${code} Halo?`)
    await line.quiet()
    expect(line.shown('general').at(-1)).toContain('sudah dihapus')
  })
})

/** Everything a desk's conversation holds of what was said and done there, unsealed. */
async function heldAt(desk: string): Promise<string> {
  const { sealing } = line.room
  const hash = sealing.hash('address', 'lhokseumawe', 'web', `desk:${desk}`)
  const { rows } = await db.pool.query<{
    id: string
    wrapped_key: Buffer
    message_hash: Buffer
    sealed: Buffer
  }>(
    `select c.id, c.wrapped_key, i.message_hash, i.sealed from conversations c
     join inbox i on i.conversation_id = c.id where c.address_hash = $1 and i.sealed is not null`,
    [hash],
  )
  return rows
    .map(({ id, wrapped_key, message_hash, sealed }) =>
      sealing.open(
        sealing.unwrap(wrapped_key, `conversations.${id}`),
        `inbox.${message_hash.toString('base64url')}`,
        sealed,
      ),
    )
    .join('\n')
}

describe('HAPUS DATA at the desks', () => {
  const WORDS = ['081200001111', 'catatan kumbang', 'jawaban belalang']

  it('forgets what the desk was told and what staff typed of it; what is about others stays', async () => {
    const other = codeIn(await fileComplaint(line, 'dina'))
    const code = codeIn(
      await fileComplaint(line, 'eko', ORDINARY.with(3, 'Antrean lama, hubungi saya di 081200001111')),
    )
    await line.work('general', 'Rina', `catatan ${code} catatan kumbang`)
    await line.work('general', 'Rina', `catatan ${other} catatan merpati`)
    await line.quiet()
    await line.work('general', 'Rina', `balas ${code}`)
    await line.work('general', 'Rina', 'Ini jawaban belalang')
    await line.quiet()
    const before = await heldAt('general')
    for (const words of WORDS.slice(1)) expect(before).toContain(words)
    await line.say('eko', 'hapus data')
    await line.say('eko', 'HAPUS')
    await line.quiet()
    const held = await heldAt('general')
    for (const words of [...WORDS, code]) expect(held).not.toContain(words)
    expect(held).toContain('catatan merpati')
  })

  it('tells the desk nothing more that was still to come', async () => {
    const code = codeIn(await fileComplaint(line, 'fani'))
    await db.pool.query(
      `update inbox set status = 'pending', due_at = now() + interval '1 hour'
       where about = (select id from tickets where code = $1)`,
      [code],
    )
    await line.say('fani', 'hapus data')
    await line.say('fani', 'HAPUS')
    await line.quiet()
    const { rows } = await db.pool.query(`select 1 from inbox where status = 'pending'`)
    expect(rows).toEqual([])
  })
})

describe('English', () => {
  it('is spoken once it was chosen, by the bot and in what staff bring about', async () => {
    await line.say('carol', 'language')
    await line.say('carol', 'English')
    for (const said of [
      'complaint',
      'service',
      'open',
      'The queue is far too long every day',
      'yesterday',
      'Counter 3',
      'skip',
      'skip',
      'skip',
      'send',
    ]) {
      await line.say('carol', said)
    }
    await line.quiet()
    const code = codeIn(line.heard('carol').at(-1) ?? '')
    await line.work('general', 'Rina', `ambil ${code}`)
    await line.quiet()
    expect(line.heard('carol').at(-1)).toContain('Work on your report')
  })
})
