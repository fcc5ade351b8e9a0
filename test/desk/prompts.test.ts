import { describe, expect, it } from 'vitest'
import { advanceDesk } from '../../src/desk/advance-desk.ts'
import { type DeskState, restingDesk, type StaffSaid } from '../../src/desk/desk-state.ts'
import { testDatabase } from '../helpers/database.ts'
import { LAMP, LAMP_TOO } from '../helpers/lamp.ts'
import { codeIn, fileComplaint, message, testLine } from '../helpers/line.ts'

const CODE = 'LSM-2611-7K4QXH'

function says(state: DeskState, text: string, more: Partial<StaffSaid> = {}) {
  const at = '2026-11-23T09:00:00+07:00'
  return advanceDesk(state, { type: 'staff_said', staff: 'Rina', account: '11', text, at, ...more })
}

/** Rina has pressed Balas on the card in topic 7. */
const { state: asked } = says(restingDesk(), '', { choice: `d.reply.${CODE}`, thread: '7' })

describe('what somebody types after they were asked to', () => {
  it('is for the ticket they were asked about', () => {
    expect(says(asked, 'Sudah kami perbaiki.', { thread: '7' }).effects).toMatchObject([
      {
        action: 'work_ticket',
        with: { verb: 'reply', ticket: CODE, words: 'Sudah kami perbaiki.' },
      },
    ])
  })

  it('never reaches it from the topic of another ticket', () => {
    const { effects, state } = says(asked, 'ayo makan siang', { thread: '8' })
    expect(effects).toMatchObject([{ action: 'talk_in_topic', with: { thread: '8' } }])
    // It still waits where it was asked.
    expect(says(state, 'Sudah.', { thread: '7' }).effects).toMatchObject([{ action: 'work_ticket' }])
  })

  it.each(['/selesai', '/lihat', '#lihat'])('is no answer when it is a command: %s', text => {
    expect(says(asked, text, { thread: '7' }).effects).not.toMatchObject([{ with: { verb: 'reply' } }])
  })

  it('is not waited for any more after "batal"', () => {
    const { effects, state } = says(asked, 'batal', { thread: '7' })
    expect(effects).toMatchObject([{ action: 'prompt_staff', with: { verb: 'cancel', ticket: CODE } }])
    expect(says(state, 'Terima kasih.', { thread: '7' }).effects).toMatchObject([{ action: 'talk_in_topic' }])
  })
})

it('"gabung KODE" in a topic joins that report to the one of the topic', () => {
  expect(says(restingDesk(), `/gabung ${CODE}`, { thread: '7' }).effects).toMatchObject([
    { action: 'work_ticket', with: { verb: 'merge', ticket: '', thread: '7', words: CODE } },
  ])
})

describe('at the desk', async () => {
  const { db } = await testDatabase()
  const line = await testLine(db)

  async function work(text: string, choice?: string): Promise<string> {
    await line.work('general', 'Rina', text, choice)
    await line.quiet()
    return line.shown('general').at(-1) ?? ''
  }

  it('words that do not do are asked for again: the next ones are another try', async () => {
    const code = codeIn(await fileComplaint(line, 'ani'))
    expect(await work('', `d.postpone.${code}`)).toContain('ketik "batal" bila tidak jadi')
    expect(await work('besok')).toContain('apa alasannya?')
    expect(await work('31 Desember 2028 menunggu anggaran')).toContain('paling lama 60 hari')
    expect(await work('2 Desember menunggu berkas')).toContain('ditunda Rina')
    await work('', `d.decline.${code}`)
    expect(await work('karena malas')).toContain('Alasan harus salah satu')
    expect(await work('spam')).toContain('ditolak Rina')
  })

  it('a number is the choice of that number: of the message it answers, or of what was asked', async () => {
    const code = codeIn(await fileComplaint(line, 'dodi'))
    const heard = line.heard('dodi').length
    /** Answers the newest message of the group with the number of a choice there. */
    async function pick(label: RegExp | number): Promise<string> {
      const [ref, options = []] = [`r${line.groups.sent.length}`, line.groups.sent.at(-1)?.options]
      const picks =
        typeof label === 'number' ? label : options.findIndex(option => label.test(option.label)) + 1
      const from = { is: 'desk', desk: 'general', staff: 'Rina' } as const
      const place = { channel: 'web', address: 'desk:general', from } as const
      await line.inbox.receive(message({ ...place, text: `${picks}`, replyTo: ref, picks }))
      await line.quiet()
      return line.shown('general').at(-1) ?? ''
    }
    expect(await pick(/Ambil/)).toContain(`${code} diambil Rina`)
    expect(await pick(/Tolak/)).toContain('Apa alasannya?')
    expect(await work('99')).toContain('Alasan harus salah satu')
    expect(await work('1')).toContain('ditolak Rina')
    expect(line.heard('dodi').slice(heard).join()).not.toMatch(/^\d+$/m)

    // Where there is no such choice it is what it says: an answer for the citizen.
    const other = codeIn(await fileComplaint(line, 'eko'))
    expect(await pick(40)).toContain(`${other} dibalas Rina`)
    expect(line.heard('eko').at(-1)).toContain('40')
  })

  it('"batal" is confirmed, and what is typed then is talk', async () => {
    const code = codeIn(await fileComplaint(line, 'beni'))
    await work('', `d.reply.${code}`)
    expect(await work('batal')).toBe(`Rina: baik, tidak jadi. (${code})`)
    const heard = line.heard('beni').length
    await work('makan di mana kita?')
    expect(line.heard('beni')).toHaveLength(heard)
  })

  it('a report nobody answered is not closed without a word: the next words are it', async () => {
    const code = codeIn(await fileComplaint(line, 'gita'))
    const heard = line.heard('gita').length
    expect(await work('', `d.resolve.${code}`)).toContain('belum mendengar hasilnya')
    expect(line.heard('gita')).toHaveLength(heard)
    expect(await work('Lampunya sudah menyala lagi.')).toContain(`${code} diselesaikan Rina`)
    expect(line.heard('gita').at(-1)).toContain('Lampunya sudah menyala lagi.')
  })

  it('a report that was answered is closed by the word alone', async () => {
    const code = codeIn(await fileComplaint(line, 'hadi'))
    await work(`balas ${code} Lampunya sudah menyala lagi.`)
    expect(await work(`selesai ${code}`)).toContain(`${code} diselesaikan Rina`)
  })

  it('nobody is asked for words that could do nothing', async () => {
    const code = codeIn(await fileComplaint(line, 'cici'))
    await work(`selesai ${code} Sudah ditangani.`)
    expect(await work('', `d.reply.${code}`)).toContain('tidak dapat dilakukan')
    const heard = line.heard('cici').length
    await work('Halo?')
    expect(line.heard('cici')).toHaveLength(heard)
  })

  it('a report that was parted has the buttons of one that stands by itself', async () => {
    const first = codeIn(await fileComplaint(line, 'dina', LAMP))
    const second = codeIn(
      await fileComplaint(line, 'edi', LAMP_TOO.with(3, 'Antrean di loket dua lama sekali')),
    )
    expect(await work(`gabung ${first} #${second.slice(-6)}`)).toContain(`${second} digabung ke ${first}`)
    expect(await work(`pisah ${second}`)).toContain('dipisahkan lagi')
    expect(line.groups.sent.at(-1)?.options?.map(({ label }) => label)).toContain('Balas')
  })
})
