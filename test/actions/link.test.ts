import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { myTickets } from '../../src/actions/my-tickets.ts'
import { act, MONDAY, resultOf } from '../helpers/act.ts'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, ORDINARY, testLine } from '../helpers/line.ts'

const { db, owner } = await testDatabase()
const line = await testLine(db)
let n = 0
/** A chat nobody has used. */
const chat = () => `chat${++n}`

let minute = 0
/** Nobody types faster than a message a minute, which would be slowed down. */
async function say(who: string, ...texts: string[]): Promise<string> {
  for (const text of texts) {
    minute += 1
    await line.say(who, text, { sentAt: new Date(MONDAY.getTime() + minute * 60_000) })
  }
  await line.quiet()
  return line.heard(who).at(-1) ?? ''
}

const codeOf = (text: string) => /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}/.exec(text)?.[0] ?? ''

async function link(one: string, other: string): Promise<string> {
  return typed(other, codeOf(await say(one, 'sambungkan')))
}

/** Types a code, and says that the other chat is one's own. */
async function typed(who: string, code: string): Promise<string> {
  return say(who, `sambungkan ${code}`, 'ya, milik saya sendiri')
}

/** The codes of reports a chat is offered. */
async function seen(who: string): Promise<string[]> {
  const { options } = resultOf(await act({ line, db, who }, myTickets, {}))
  return Object.keys(options as object).toSorted()
}

beforeEach(async () => {
  await owner.db.pool.query('truncate tickets, linked_chats, single_use cascade')
})

describe('two chats of one citizen', () => {
  it('see the reports of both once linked, and are both told', async () => {
    const [one, other] = [chat(), chat()]
    const code = codeIn(await fileComplaint(line, one))
    expect(await link(one, other)).toContain('sekarang tersambung')
    expect(line.heard(one).at(-1)).toContain('sekarang tersambung')
    expect(await say(other, `status ${code}`)).toContain(`${code}: *diterima*`)
    expect(await say(other, 'data saya')).toContain('1 laporan')
    expect(await say(other, `tindak lanjut ${code}`, 'Tambahan dari percakapan lain')).toContain(
      'ditambahkan',
    )
    expect(line.shown('general').at(-1)).toContain('Tambahan dari percakapan lain')
    expect(line.shown('general').join('\n')).not.toMatch(/sambung/i)
  })

  it('are answered in the chat a report was filed in', async () => {
    const [one, other] = [chat(), chat()]
    const code = codeIn(await fileComplaint(line, one))
    await link(one, other)
    const heard = line.heard(other).length
    await line.work('general', 'Rina', `balas ${code} Sudah kami kerjakan`)
    await line.quiet()
    expect(line.heard(one).at(-1)).toContain('Sudah kami kerjakan')
    expect(line.heard(other)).toHaveLength(heard)
  })

  it('are blocked as one, by a block before the link or after it, and free as one', async () => {
    const [one, other] = [chat(), chat()]
    const code = codeIn(await fileComplaint(line, one))
    const work = async (text: string) => {
      await line.work('general', 'Rina', text)
      await line.quiet()
    }
    await link(one, other)
    await work(`blokir ${code} 7 hari kata-kata kasar`)
    for (const who of [one, other]) {
      expect(line.heard(who).at(-1)).toContain('tidak kami teruskan')
      expect(await say(who, 'petugas')).toContain('tidak kami teruskan')
    }
    await work(`buka blokir ${code}`)
    for (const who of [one, other]) expect(line.heard(who).at(-1)).toContain('Pembatasan sudah dicabut')
    await say(one, 'putuskan')
    await work(`blokir ${code} 7 hari kata-kata kasar`)
    expect(line.heard(other).at(-1)).toContain('sudah diputus')
    await link(one, other)
    expect(await say(other, 'petugas')).toContain('tidak kami teruskan')
  })

  it('are two again after "putuskan" in either, and both are told', async () => {
    const [one, other] = [chat(), chat()]
    const code = codeIn(await fileComplaint(line, one))
    await link(one, other)
    expect(await say(one, 'putuskan')).toContain('sudah diputus')
    expect(line.heard(other).at(-1)).toContain('sudah diputus')
    expect(await say(other, `status ${code}`)).toContain('PIN enam angka')
    expect(await say(other, 'batal', 'putuskan')).toContain('tidak sedang tersambung')
  })

  it('lose the reports of both and the link when the words are said in one, and the other is told', async () => {
    const [one, other] = [chat(), chat()]
    const code = codeIn(await fileComplaint(line, one))
    await link(one, other)
    await say(other, 'hapus data', 'HAPUS')
    const { rows } = await db.pool.query('select wrapped_key from tickets where code = $1', [code])
    expect(rows[0]?.wrapped_key).toBeNull()
    expect(line.heard(one).at(-1)).toContain('sambungannya diputus')
  })

  it('never share an anonymous report', async () => {
    const [one, other] = [chat(), chat()]
    await link(one, other)
    await fileComplaint(line, one, ORDINARY.with(2, 'anonim').toSpliced(8, 1))
    expect(await seen(other)).toEqual([])
    expect(await seen(one)).toEqual([])
  })
})

describe('a code', () => {
  it('in a link that somebody sent links nothing by being opened', async () => {
    const [accused, reporter] = [chat(), chat()]
    await fileComplaint(line, reporter)
    const code = codeOf(await say(accused, 'sambungkan'))
    minute += 1
    const sentAt = new Date(MONDAY.getTime() + minute * 60_000)
    await line.say(reporter, '/start', { start: `sambungkan_${code}`, sentAt })
    await line.quiet()
    expect(line.heard(reporter).at(-1)).toContain('semua laporan dari sini, juga yang rahasia')
    expect(await say(reporter, 'bukan')).toContain('tidak disambungkan')
    expect(await seen(accused)).toEqual([])
  })

  it('links once: a third chat that types it later gets nothing', async () => {
    const [one, other, third] = [chat(), chat(), chat()]
    await fileComplaint(line, one)
    const code = codeOf(await say(one, 'sambungkan'))
    await typed(other, code)
    expect(await typed(third, code)).toContain('kode sambungan')
    expect(await seen(third)).toEqual([])
  })

  it('is void after a quarter of an hour, in the chat that made it, and when another was made', async () => {
    const [one, other] = [chat(), chat()]
    const old = codeOf(await say(one, 'sambungkan'))
    const code = codeOf(await say(one, 'sambungkan'))
    expect(await say(other, `sambungkan ${old}`, 'ya', 'batal')).toContain('dibatalkan')
    const { rows } = await db.pool.query(
      `update single_use set expires_at = expires_at - interval '15 minutes' returning expires_at <= now() as over`,
    )
    expect(rows).toEqual([{ over: true }])
    expect(await say(other, `sambungkan ${code}`, 'ya', 'batal')).toContain('dibatalkan')
    const own = codeOf(await say(one, 'sambungkan'))
    expect(await typed(one, own)).toContain('di percakapan ini sendiri')
    expect(await seen(other)).toEqual([])
  })

  it('typed wrongly five times locks the word for an hour, also for the right one', async () => {
    const [one, other] = [chat(), chat()]
    const right = codeOf(await say(one, 'sambungkan'))
    let heard = await typed(other, 'AAAA-AAAA-AAA1')
    for (const k of [2, 3, 4, 5]) heard = await say(other, `AAAA-AAAA-AAA${k}`)
    expect(heard).toContain('terkunci selama satu jam')
    expect(await typed(other, right)).toContain('terkunci')
    minute += 60
    expect(await typed(other, right)).toContain('sekarang tersambung')
  })

  it('speaks English to whoever does', async () => {
    const [one, other] = [chat(), chat()]
    await say(one, 'bahasa', 'English')
    const shown = await say(one, 'link')
    expect(shown).toContain('works once and for 15 minutes')
    await typed(other, codeOf(shown))
    expect(line.heard(one).at(-1)).toContain('now linked')
  })
})

describe('linking and unlinking, in any order', () => {
  const step = fc.oneof(
    fc.record({ does: fc.constant('link' as const), one: fc.nat(3), other: fc.nat(3) }),
    fc.record({ does: fc.constant('unlink' as const), one: fc.nat(3), other: fc.constant(0) }),
  )

  it('never shows a report to a chat that is not linked to its own', async () => {
    const chats = [chat(), chat(), chat(), chat()]
    const codes: string[] = []
    for (const who of chats) codes.push(codeIn(await fileComplaint(line, who)))
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async steps => {
        await owner.db.pool.query('truncate linked_chats, single_use')
        const linked = new Map<number, number>()
        for (const { does, one, other } of steps) {
          const [who = '', to = ''] = [chats[one], chats[other]]
          if (does === 'link') {
            const code = codeOf(await say(who, 'sambungkan'))
            // A chat that is linked gets no code; nor does a linked one take any.
            await say(to, `sambungkan ${code === '' ? 'ZZZZ-ZZZZ-ZZZ9' : code}`, 'ya', 'batal')
            if (one !== other && !linked.has(one) && !linked.has(other))
              linked.set(one, other).set(other, one)
          } else {
            await say(who, 'putuskan')
            linked.delete(linked.get(one) ?? -1)
            linked.delete(one)
          }
          await db.pool.query('update linked_chats set wrong_codes = 0')
        }
        for (const [k, who] of chats.entries()) {
          const theirs = [codes[k], ...(linked.has(k) ? [codes[linked.get(k) ?? -1]] : [])]
          expect(await seen(who)).toEqual(theirs.toSorted())
        }
      }),
      { seed: 20_261_122, numRuns: 20 },
    )
  }, 120_000)
})
