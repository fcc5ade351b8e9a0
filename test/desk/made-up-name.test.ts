import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { madeUpName, nameSource } from '../../src/desk/made-up-name.ts'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, ORDINARY, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const NAME = /Pelapor: (\w+ \w+ \d\d)/

/** What a citizen is called on the card of a ticket. */
async function nameOn(desk: string, code: string): Promise<string> {
  await line.work(desk, 'Rina', `lihat ${code}`)
  await line.quiet()
  return NAME.exec(line.shown(desk).at(-1) ?? '')?.[1] ?? ''
}

const HEAVY = ORDINARY.with(3, 'Ada pungli di loket tiga setiap hari Senin')
const ANONYMOUS = ORDINARY.with(2, 'anonim').toSpliced(8, 1)

describe('the name on a card', () => {
  it('is the same on two tickets of one citizen, and another for another', async () => {
    const [one, two] = [codeIn(await fileComplaint(line, 'ani')), codeIn(await fileComplaint(line, 'ani'))]
    const other = codeIn(await fileComplaint(line, 'beni'))
    const name = await nameOn('general', one)
    expect(name).toMatch(/^\w+ \w+ \d\d$/)
    expect(await nameOn('general', two)).toBe(name)
    expect(await nameOn('general', other)).not.toBe(name)
    expect(line.shown('general').find(text => text.includes(one))).toContain(name)
    expect(line.shown('general').join('\n')).not.toContain('Budi Contoh')
  })

  it('is never the same on two anonymous reports, nor does it join a confidential one to an open one', async () => {
    const open = await nameOn('general', codeIn(await fileComplaint(line, 'cici')))
    const closed = await nameOn('pengawasan', codeIn(await fileComplaint(line, 'cici', HEAVY)))
    const again = await nameOn('pengawasan', codeIn(await fileComplaint(line, 'cici', HEAVY)))
    const first = await nameOn('pengawasan', codeIn(await fileComplaint(line, 'cici', ANONYMOUS)))
    const second = await nameOn('pengawasan', codeIn(await fileComplaint(line, 'cici', ANONYMOUS)))
    expect(again).toBe(closed)
    expect(new Set([open, closed, first, second]).size).toBe(4)
  })

  it('spreads over so many names that a thousand citizens hardly share any', () => {
    const names = Array.from({ length: 1000 }, (_, n) =>
      madeUpName(createHmac('sha256', 'a key').update(String(n)).digest()),
    )
    expect(new Set(names).size).toBeGreaterThan(990)
  })

  it('comes of the conversation alone while it is known, else of the ticket', () => {
    const ticket = { id: 't1', conversation_id: 'c1', restricted: false, confidential: false }
    expect(nameSource(ticket)).toEqual(nameSource({ ...ticket, id: 't2' }))
    expect(nameSource({ ...ticket, conversation_id: null })).toEqual(['ticket', 't1'])
  })
})
