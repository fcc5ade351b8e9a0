import { describe, expect, it } from 'vitest'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, testLine } from '../helpers/line.ts'

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
})
