import { describe, expect, it } from 'vitest'
import { addMessage } from '../../src/actions/add-message.ts'
import { handOver } from '../../src/actions/information-ticket.ts'
import { passQuestion } from '../../src/actions/pass-question.ts'
import { relayToStaff } from '../../src/actions/relay-to-staff.ts'
import { reopenTicket } from '../../src/actions/reopen-ticket.ts'
import { act, resultOf } from '../helpers/act.ts'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const HEAVY = 'petugas loket minta 200rb biar cepet'
const standing = async (code: unknown) =>
  (
    await db.pool.query(
      'select desk, restricted, confidential, taken_by is null as free from tickets where code = $1',
      [code],
    )
  ).rows[0]
const MOVED = { desk: 'pengawasan', restricted: true, free: true }

describe('an accusation that comes after the ticket was opened', () => {
  it('said to staff goes to the restricted desk, and so does what follows; the general group is told nothing', async () => {
    await line.say('joni', 'halo')
    const opened = await act({ line, db, who: 'joni' }, handOver, { note: 'Warga ingin berbicara.' })
    const { code } = resultOf(opened)
    const said = await act({ line, db, who: 'joni' }, relayToStaff, { text: HEAVY })
    expect(said.tells).toMatchObject([{ to: { desk: 'pengawasan' }, said: { what: 'moved', text: HEAVY } }])
    expect(await standing(code)).toMatchObject(MOVED)
    const more = await act({ line, db, who: 'joni' }, relayToStaff, { text: 'namanya ucok' })
    expect(more.tells).toMatchObject([{ to: { desk: 'pengawasan' }, said: { what: 'said' } }])
  })

  it('added to a report takes it from whoever had taken it, and the new desk sees the whole card', async () => {
    const code = codeIn(await fileComplaint(line, 'kiki'))
    await line.work('general', 'Rina', `minta data ${code} Kapan itu?`)
    await line.quiet()
    const before = line.shown('general').length
    await line.say('kiki', HEAVY)
    await line.quiet()
    expect(line.shown('general').slice(before).join('\n')).not.toContain('200rb')
    const card = line.shown('pengawasan').at(-1) ?? ''
    expect(card).toContain('Antrean loket lama sekali')
    expect(card).toContain(HEAVY)
    expect(await standing(code)).toMatchObject(MOVED)
  })

  it('in what is still missing goes the same way', async () => {
    const code = codeIn(await fileComplaint(line, 'lala'))
    await line.work('general', 'Rina', `balas ${code} Sudah kami tambah petugas.`)
    await line.quiet()
    const again = await act({ line, db, who: 'lala' }, reopenTicket, { ticket: code, text: HEAVY })
    expect(again.tells).toMatchObject([{ to: { desk: 'pengawasan' } }])
    expect(await standing(code)).toMatchObject(MOVED)
  })

  it('stays where it is when the words are ordinary', async () => {
    const code = codeIn(await fileComplaint(line, 'mimi'))
    const outcome = await act({ line, db, who: 'mimi' }, addMessage, { ticket: code, text: 'loket 3 ya' })
    expect(outcome.tells).toMatchObject([{ to: { desk: 'general' }, said: { what: 'added' } }])
  })
})

describe('a question asked in the middle of a draft', () => {
  it.each([
    [{ topic: 'petugas' }, 'pengawasan'],
    [{ topic: 'rekrutmen', mode: 'terbuka' }, 'pengawasan'],
    [{ topic: 'layanan', mode: 'rahasia' }, 'pengawasan'],
    [{ topic: 'layanan', mode: 'anonim' }, 'pengawasan'],
    [{ topic: 'layanan', mode: 'terbuka' }, 'general'],
    [{}, 'general'],
  ])('of %j is asked at %s', async (draft, desk) => {
    const outcome = await act({ line, db, who: 'joni' }, passQuestion, {
      text: 'apa bedanya, saya mau cerita soal pak ucok',
      ...draft,
    })
    expect(outcome.tells).toMatchObject([{ to: { desk } }])
    expect(await standing(resultOf(outcome).code)).toMatchObject({ desk })
  })
})

it('a question has the clock of questions, not that of complaints', async () => {
  const outcome = await act({ line, db, who: 'joni' }, passQuestion, { text: 'buka jam berapa' })
  const { rows } = await db.pool.query('select resolve_due::text as due from tickets where code = $1', [
    resultOf(outcome).code,
  ])
  // Five working days after Monday the 23rd.
  expect(rows).toEqual([{ due: '2026-11-30' }])
})
