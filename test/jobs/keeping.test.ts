import { describe, expect, it } from 'vitest'
import { TOGETHER } from '../../src/jobs/forget-rows.ts'
import { forgetOld } from '../../src/jobs/keeping.ts'
import { tellSilences } from '../../src/jobs/silences.ts'
import { USUAL_DAYS } from '../../src/offices/keeping-days.ts'
import { keepOption, optionOf } from '../../src/records/long-options.ts'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const age = (table: string, column: string, days: number) =>
  db.pool.query(`update ${table} set ${column} = now() - $1 * interval '1 day' where ${column} is not null`, [
    days,
  ])
const forget = () => forgetOld(db, line.room)

describe('what is kept', () => {
  it('an open draft for 7 days, then the chat begins anew', async () => {
    await line.say('ani', 'lapor')
    await line.quiet()
    await age('conversations', 'updated_at', 6)
    expect((await forget()).drafts).toBe(0)
    await age('conversations', 'updated_at', 8)
    expect((await forget()).drafts).toBe(1)
    const { rows } = await db.pool.query(
      `select step, given_up from step_counts where flow = 'complaint' and given_up > 0`,
    )
    expect(rows).toEqual([{ step: 'topic', given_up: 1 }])
    await line.say('ani', 'layanan')
    await line.quiet()
    expect(line.heard('ani').at(-1)).toContain('dapat kami bantu')
  })

  it('what stood on a long button for 90 days', async () => {
    await keepOption(db.pool, 'medan', 'lama', 'x'.repeat(80))
    await age('long_options', 'kept_at', 89)
    await keepOption(db.pool, 'medan', 'baru', 'y'.repeat(80))
    await forget()
    expect(await optionOf(db.pool, 'medan', 'lama')).toBeDefined()
    await db.pool.query(`update long_options set kept_at = now() - interval '91 days' where token = 'lama'`)
    await forget()
    expect([await optionOf(db.pool, 'medan', 'lama'), await optionOf(db.pool, 'medan', 'baru')]).toEqual([
      undefined,
      'y'.repeat(80),
    ])
  })

  it('words of a conversation for 90 days; how much was said stays countable', async () => {
    await line.say('bayu', 'menu')
    await line.quiet()
    const { rows: before } = await db.pool.query(
      `select (select count(*)::int from inbox where turn is not null) as heard, (select count(*)::int from outbox) as said`,
    )
    await age('inbox', 'received_at', 91)
    await age('outbox', 'created_at', 91)
    const { words } = await forget()
    const { rows: counted } = await db.pool.query(
      'select sum(heard)::int as heard, sum(said)::int as said from said_counts',
    )
    expect(counted).toEqual(before)
    expect(words).toBe(before[0].heard + before[0].said)
    expect((await db.pool.query('select 1 from inbox union all select 1 from outbox')).rowCount).toBe(0)
  })

  it('a ticket until a year after it was closed; its code and state stay', async () => {
    const code = codeIn(await fileComplaint(line, 'cici'))
    await line.work('general', 'Rina', `catatan ${code} pelapor sudah datang`)
    await line.work('general', 'Rina', `selesai ${code} Sudah ditangani.`)
    await line.quiet()
    const atDesk = `select 1 from inbox where sealed is not null and about = (select id from tickets where code = $1)`
    expect((await db.pool.query(atDesk, [code])).rowCount).toBe(3)
    await age('tickets', 'closed_at', 364)
    expect((await forget()).tickets).toBe(0)
    await age('tickets', 'closed_at', 366)
    await forget()
    const { rows } = await db.pool.query(
      'select code, status, wrapped_key, fields from tickets where code = $1',
      [code],
    )
    expect(rows).toEqual([{ code, status: 'closed', wrapped_key: null, fields: null }])
    expect((await db.pool.query(atDesk, [code])).rowCount).toBe(0)
    await line.say('cici', `status ${code}`)
    await line.quiet()
    expect(line.heard('cici').at(-1)).not.toContain('Antrean')
  })

  it('what each office says, however much has come together, and counts what went by month', async () => {
    const fill = (office: string, rows: number, days: number) =>
      db.pool.query(
        `insert into outbox (key, office, channel, conversation_id, seq, sender, sealed, status, due_at, created_at)
         select $1 || n || '/' || $3, $1, 'web', md5($1 || n || '/' || $3)::uuid, 1, 'bot', '', 'sent', now(), now() - $3::int * interval '1 day'
         from generate_series(1, $2::int) n`,
        [office, rows, days],
      )
    const more = TOGETHER + 7
    await fill('medan', 5, 120)
    await fill('tanjungbalai', more, 50)
    await fill('tanjungbalai', 3, 40)
    // An office that is served no more keeps as usual.
    await fill('gone', 2, 91)
    const keeping = new Map([
      ['medan', { ...USUAL_DAYS, words: 180 }],
      ['tanjungbalai', { ...USUAL_DAYS, words: 45 }],
    ])
    expect((await forgetOld(db, line.room, { keeping })).words).toBe(more + 2)
    const { rows: left } = await db.pool.query(
      `select office, count(*)::int as count from outbox where sealed = '' group by 1 order by 1`,
    )
    expect(left).toEqual([
      { office: 'medan', count: 5 },
      { office: 'tanjungbalai', count: 3 },
    ])
    const { rows: report } = await db.pool.query(
      `select office, sum(count)::int as count from forgotten where class = 'words' and office in ('gone', 'tanjungbalai') group by 1 order by 1`,
    )
    expect(report).toEqual([
      { office: 'gone', count: 2 },
      { office: 'tanjungbalai', count: more },
    ])
    await db.pool.query(`delete from outbox where sealed = ''`)
  })

  it('nothing twice: a second run finds nothing more to do', async () => {
    expect(await forget()).toEqual({
      lastWords: 0,
      filesSent: 0,
      steps: 0,
      surveys: 0,
      drafts: 0,
      words: 0,
      ids: 0,
      tickets: 0,
      questions: 0,
      registrations: 0,
      uploads: 0,
      chats: 0,
      files: 0,
    })
  })
})

it('forgets who was at work by the note of earlier versions, and by no other', async () => {
  await db.pool.query(
    `insert into house (name, value) values ('inbox', 'stopped'), ('inbox/balai 1', 'working')`,
  )
  await forget()
  const { rows } = await db.pool.query(`select name from house where name in ('inbox', 'inbox/balai 1')`)
  expect(rows).toEqual([{ name: 'inbox/balai 1' }])
})

describe('a silence', () => {
  it('is told to a conversation once', async () => {
    await line.say('dedi', 'lapor')
    await line.say('dedi', 'layanan')
    await line.quiet()
    const before = line.heard('dedi').length
    await age('conversations', 'updated_at', 3)
    expect(await tellSilences(db, line.room, new Date())).toBeGreaterThan(0)
    expect(await tellSilences(db, line.room, new Date())).toBe(0)
    await line.quiet()
    const heard = line.heard('dedi').length
    expect(heard).toBe(before + 1)
    await age('conversations', 'updated_at', 5)
    await tellSilences(db, line.room, new Date())
    await line.quiet()
    expect(line.heard('dedi')).toHaveLength(heard)
    expect(line.heard('dedi').at(-1)).toContain('7 hari')
  })
})
