import { describe, expect, it } from 'vitest'
import { wipeDue } from '../../src/inbox/wipe.ts'
import { forgetOld } from '../../src/jobs/keeping.ts'
import { backlogOf } from '../../src/records/backlog.ts'
import { hashOfAddress } from '../../src/records/look-up.ts'
import { testDatabase } from '../helpers/database.ts'
import { fileComplaint, ORDINARY, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const ANONYMOUS = [...ORDINARY.with(1, 'rekrutmen').with(2, 'anonim').slice(0, 8), 'kirim']

/** Every word that is kept of a chat, opened: what was heard and said there, and where it stands. */
async function keptOf(who: string): Promise<string> {
  const { sealing } = line.room
  const { rows } = await db.pool.query<{ id: string; wrapped_key: Buffer; state: Buffer }>(
    'select id, wrapped_key, state from conversations where address_hash = $1',
    [hashOfAddress(sealing, { office: 'lhokseumawe', channel: 'telegram', address: who })],
  )
  const kept: string[] = []
  for (const { id, wrapped_key, state } of rows) {
    const key = sealing.unwrap(wrapped_key, `conversations.${id}`)
    kept.push(sealing.open(key, `conversations.state.${id}`, state))
    const { rows: said } = await db.pool.query<{ place: string; hash: Buffer | null; sealed: Buffer }>(
      `select 'outbox.' || key as place, null as hash, sealed from outbox where conversation_id = $1
       union all select 'inbox.', message_hash, sealed from inbox where conversation_id = $1 and sealed is not null`,
      [id],
    )
    for (const { place, hash, sealed } of said)
      kept.push(
        sealing.open(key, `${place}${hash?.toString('base64url') ?? ''}` as `inbox.${string}`, sealed),
      )
  }
  return kept.join('\n')
}

async function says(who: string, ...texts: string[]): Promise<string> {
  for (const text of texts) {
    await line.say(who, text)
    await line.quiet()
    await wipeDue(db, line.room.sealing)
  }
  return line.heard(who).at(-1) ?? ''
}

describe('an anonymous report', () => {
  it('gives a receipt of 16 characters, and the desk hears of it 5 to 30 minutes later', async () => {
    const last = await fileComplaint(line, 'ghost', ANONYMOUS)
    expect(last).toMatch(/Tanda terima: \*[0-9A-HJKMNP-TV-Z]{16}\*/)
    expect(line.shown('pengawasan')).toEqual([])
    const { rows } = await db.pool.query<{ minutes: string }>(
      `select extract(epoch from due_at - now()) / 60 as minutes from inbox where status = 'pending'`,
    )
    expect(rows).toHaveLength(1)
    expect(Number(rows[0]?.minutes)).toBeGreaterThan(4.9)
    expect(Number(rows[0]?.minutes)).toBeLessThan(30.1)
    // Nor does a page or a monitor count it as waiting.
    expect((await backlogOf(db.pool, 'lhokseumawe')).inbox).toBe(0)
  })

  it('leaves nothing that leads from the ticket to who wrote, and no time finer than a day', async () => {
    await wipeDue(db, line.room.sealing)
    const { rows: conversations } = await db.pool.query(`select 1 from conversations where party = 'citizen'`)
    expect(conversations).toEqual([])
    const { rows: said } = await db.pool.query('select 1 from outbox')
    expect(said).toEqual([])
    const { rows: heard } = await db.pool.query(
      `select 1 from inbox where status = 'done' and (sealed is not null or conversation_id is not null
         or address_hash is not null or received_at <> date_trunc('day', received_at))`,
    )
    expect(heard).toEqual([])
    const { rows: tickets } = await db.pool.query(
      `select conversation_id, anonymous, opened_at at time zone 'Asia/Jakarta' = date_trunc('day', opened_at at time zone 'Asia/Jakarta') as day from tickets`,
    )
    expect(tickets).toEqual([{ conversation_id: null, anonymous: true, day: true }])
  })

  it('opens for whoever has the receipt, from any account, and for nobody who has only the code', async () => {
    const last = await fileComplaint(line, 'ghost2', ANONYMOUS)
    const receipt = /Tanda terima: \*([^*]+)\*/.exec(last)?.[1] ?? ''
    const code = /Kode: \*([^*]+)\*/.exec(last)?.[1] ?? ''
    await line.say('stranger', `status ${receipt.toLowerCase().replace(/(.{4})/g, '$1 ')}`)
    await line.quiet()
    expect(line.heard('stranger').at(-1)).toContain(code)
    await line.say('thief', `status ${code}`)
    await line.say('thief', '123456')
    await line.quiet()
    expect(line.heard('thief').join('\n')).not.toContain('Laporan diterima')
  })

  it('is filed once though its confirmation is asked for again, and the chat begins anew', async () => {
    await line.say('ghost', 'kirim')
    await line.quiet()
    const { rows } = await db.pool.query<{ n: number }>('select count(*) as n from tickets')
    expect(rows[0]?.n).toBe(2)
  })
})

describe('an anonymous report that is not sent after all', () => {
  const SECRET = 'Kepala ruang meminta setoran'
  const begun = [...ANONYMOUS.slice(0, 3), SECRET]

  it.each<[string, string[]]>([
    ['is cancelled', ['batal']],
    ['is dropped for something else', ['hapus data', 'Buang isian', 'batal']],
    ['is put aside, and dropped', ['hapus data', 'Simpan dahulu', 'batal', 'Buang']],
  ])('leaves none of its words when it %s', async (how, ends) => {
    const who = `drops ${how}`
    await says(who, ...begun)
    expect(await keptOf(who)).toContain(SECRET)
    await says(who, ...ends)
    expect(await keptOf(who)).not.toContain(SECRET)
    expect(line.heard(who).at(-1)).toMatch(/dibatalkan|tidak jadi|kembali/i)
  })

  it('leaves none when nobody came back to it for a week', async () => {
    await says('forgets', ...begun)
    await db.pool.query(
      `update conversations set updated_at = now() - interval '8 days' where address_hash = $1`,
      [hashOfAddress(line.room.sealing, { office: 'lhokseumawe', channel: 'telegram', address: 'forgets' })],
    )
    await forgetOld(db, line.room)
    await wipeDue(db, line.room.sealing)
    expect(await keptOf('forgets')).not.toContain(SECRET)
  })

  it('and an ordinary one leaves what was said, as long as chats are kept', async () => {
    await says('plain', ...ORDINARY.slice(0, 3), SECRET, 'batal')
    expect(await keptOf('plain')).toContain(SECRET)
  })
})

describe('what was put aside for an anonymous report', () => {
  it('is there when its last words have left', async () => {
    for (const text of ['sambungkan K7QX-4T9M-Z2R8', 'pengaduan', 'Simpan dahulu', ...ANONYMOUS.slice(1)]) {
      await line.say('aside', text)
      await line.quiet()
    }
    expect(line.heard('aside').at(-1)).toContain('Tanda terima')
    await wipeDue(db, line.room.sealing)
    await line.say('aside', 'ya')
    await line.quiet()
    expect(line.heard('aside').at(-1)).toContain('milik Bapak/Ibu sendiri')
  })
})

describe('a receipt', () => {
  let receipt = ''
  let code = ''

  it('is forgotten by the chat in which it was asked how the report stands', async () => {
    const last = await fileComplaint(line, 'ghost3', ANONYMOUS)
    receipt = /Tanda terima: \*([^*]+)\*/.exec(last)?.[1] ?? ''
    code = /Kode: \*([^*]+)\*/.exec(last)?.[1] ?? ''
    expect(await says('reader', 'halo', `status ${receipt}`)).toContain('menambah keterangan')
    await says('reader', 'cukup')
    expect(await keptOf('reader')).toContain('cukup')
    expect(await keptOf('reader')).not.toMatch(new RegExp(`${receipt}|${code}`))
  })

  it('is forgotten where it was typed in vain as well', async () => {
    await says('pasted', receipt, `balas ${receipt}`, 'batal', 'menu')
    expect(await keptOf('pasted')).not.toContain(receipt)
  })

  it('does not take along a draft that was open there', async () => {
    await says('writer', ...ORDINARY.slice(0, 4))
    expect(await says('writer', `status ${receipt}`)).toContain('menambah keterangan')
    await says('writer', 'cukup')
    expect(await says('writer', ...ORDINARY.slice(4))).toContain('PIN')
  })

  it('reaches nobody at a desk in the words of somebody else', async () => {
    await says('asks', 'petugas', `Tanda terima saya ${receipt}, mohon dilihat. Nomor seri AB12CD34EF56GH78.`)
    const shown = line.shown('general').join('\n')
    expect(shown).toContain('Tanda terima saya [tanda terima], mohon dilihat. Nomor seri AB12CD34EF56GH78')
    expect(shown).not.toContain(receipt)
  })
})
