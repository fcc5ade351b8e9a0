import { describe, expect, it } from 'vitest'
import { ticketStatus } from '../../src/actions/ticket-status.ts'
import { newTicketCode } from '../../src/records/ticket-code.ts'
import { act, resultOf } from '../helpers/act.ts'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, ORDINARY, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)

describe('a ticket code', () => {
  it('opens at once for the account that filed it', async () => {
    const code = codeIn(await fileComplaint(line, 'siti'))
    await line.say('siti', `STATUS ${code.toLowerCase().replaceAll('-', ' ')}`)
    await line.quiet()
    expect(line.heard('siti').at(-1)).toContain('diterima')
  })

  it('opens for another account with its PIN', async () => {
    const filed = await fileComplaint(line, 'wati')
    const pin = /PIN: \*(\d{6})\*/.exec(filed)?.[1] ?? ''
    await line.say('friend', `status ${codeIn(filed)}`)
    await line.quiet()
    expect(line.heard('friend').at(-1)).toContain('PIN')
    await line.say('friend', pin)
    await line.quiet()
    expect(line.heard('friend').at(-1)).toContain('Laporan diterima')
  })

  it('is shut for 24 hours after five wrong PINs, even to the right one, but not to its own account', async () => {
    const filed = await fileComplaint(line, 'yuni')
    const code = codeIn(filed)
    const pin = /PIN: \*(\d{6})\*/.exec(filed)?.[1] ?? ''
    const wrong = pin === '000000' ? '000001' : '000000'
    for (let n = 0; n < 5; n++) {
      await line.say(`guesser ${n}`, `status ${code}`)
      await line.say(`guesser ${n}`, wrong)
    }
    await line.say('late friend', `status ${code}`)
    await line.say('late friend', pin)
    await line.quiet()
    expect(line.heard('late friend').join('\n')).not.toContain('Laporan diterima')
    await line.say('yuni', `status ${code}`)
    await line.quiet()
    expect(line.heard('yuni').at(-1)).toContain('Laporan diterima')
  })

  it('answers the same to a stranger whether it exists or not', async () => {
    const code = codeIn(await fileComplaint(line, 'rudi'))
    // Another code with a right check character: one that was given out by another office's database.
    const other = 'LSM-2601-00000'
    const unknown = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'].map(check => `${other}${check}`)
    const heard = async (who: string, typed: string) => {
      await line.say(who, `status ${typed}`)
      await line.say(who, '123123')
      await line.quiet()
      return line.heard(who).map(text => text.replaceAll(typed, 'CODE'))
    }
    const known = await heard('x1', code)
    const answers = await Promise.all(unknown.map((typed, n) => heard(`u${n}`, typed)))
    expect(answers.map(texts => texts.join('\n'))).toContain(known.join('\n'))
  })

  it.each(['unknown', 'anonymous', 'erased'])(
    'answers five wrong PINs for an %s ticket as it does for any other, and opens again a day later',
    async kind => {
      const code = kind === 'unknown' ? unknownCode() : codeIn(await fileComplaint(line, `own ${kind}`))
      if (kind === 'anonymous') await make(code, 'anonymous = true')
      if (kind === 'erased') await make(code, 'wrapped_key = null, fields = null')
      const known = codeIn(await fileComplaint(line, `known ${kind}`))
      expect(await guesses(code)).toEqual(await guesses(known))
    },
  )

  it('says what opened it: the account, the PIN, or the receipt', async () => {
    const filed = await fileComplaint(line, 'opener')
    const code = codeIn(filed)
    const pin = /PIN: \*(\d{6})\*/.exec(filed)?.[1] ?? ''
    const anonymous = await fileComplaint(line, 'unseen', ORDINARY.with(2, 'anonim').toSpliced(8, 1))
    const receipt = /Tanda terima: \*([^*]+)\*/.exec(anonymous)?.[1] ?? ''
    const by = async (who: string, typed: string, given = '') =>
      resultOf(await act({ line, db, who }, ticketStatus, { code: typed, pin: given })).by
    expect(await by('opener', code)).toBe('akun')
    expect(await by('nobody', code, pin)).toBe('pin')
    expect(await by('nobody', receipt)).toBe('tanda_terima')
    expect(await by('nobody', code)).toBe('')
  })

  it('of an erased report does not open with its PIN', async () => {
    const filed = await fileComplaint(line, 'erased')
    const pin = /PIN: \*(\d{6})\*/.exec(filed)?.[1] ?? ''
    await make(codeIn(filed), 'wrapped_key = null, fields = null')
    expect(await found(codeIn(filed), pin)).toBe('salah')
  })

  it('shows no estimate of a first answer once the office has asked back or answered', async () => {
    const code = codeIn(await fileComplaint(line, 'mira'))
    const text = async () =>
      resultOf(await act({ line, db, who: 'mira' }, ticketStatus, { code, pin: '' })).text
    expect(await text()).toContain('Perkiraan jawaban pertama')
    await line.work('general', 'Rina', `minta data ${code} nomor surat`)
    await line.quiet()
    expect(await text()).not.toContain('Perkiraan jawaban pertama')
  })
})

const DAY_LATER = new Date('2026-11-24T02:00:01Z')

function make(code: string, what: string) {
  return db.pool.query(`update tickets set ${what}, conversation_id = null where code = $1`, [code])
}

async function found(code: string, pin: string, at?: Date): Promise<unknown> {
  const outcome = await act({ line, db, who: 'nobody', ...(at && { at }) }, ticketStatus, { code, pin })
  return resultOf(outcome).found
}

/** What a stranger hears: before any PIN, at six wrong ones, and at one more a day later. */
async function guesses(code: string): Promise<unknown[]> {
  const heard = [await found(code, '')]
  for (let n = 0; n < 6; n++) heard.push(await found(code, '12345x'))
  return [...heard, await found(code, '12345x', DAY_LATER)]
}

/** A code whose check character is right and that no ticket has. */
function unknownCode(): string {
  return newTicketCode('LSM', '2025-01-01T00:00:00+07:00')
}
