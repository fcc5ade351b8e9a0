import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { openLog } from '../../src/lib/log.ts'
import { openHouses } from '../../src/offices/open-houses.ts'

const log = openLog('silent')
let flowsDir = ''
beforeEach(() => {
  flowsDir = mkdtempSync(join(tmpdir(), 'balai-flows-'))
  cpSync('flows', flowsDir, { recursive: true })
  return () => rmSync(flowsDir, { recursive: true, force: true })
})
const open = (more: { offices?: string[]; mode?: 'trial' | 'live' } = {}) =>
  openHouses({ flowsDir, offices: more.offices, mode: more.mode ?? 'trial' }, log)
function edit(file: string, from: string | RegExp, to: string): void {
  const path = join(flowsDir, file)
  const text = readFileSync(path, 'utf8')
  const edited = text.replace(from, to)
  expect(edited).not.toBe(text)
  writeFileSync(path, edited)
}

describe('the offices at a start', () => {
  it('are the four examples, in trial mode', async () => {
    expect([...(await open()).houses.keys()]).toEqual([
      'lhokseumawe',
      'medan',
      'tangerang-selatan',
      'tanjungbalai',
    ])
  })

  it('are refused whole when anything is wrong, with every problem of every file', async () => {
    edit('complaint.yaml', 'accept: when', 'accept: whenever')
    edit('status.yaml', 'next: look_first', 'next: look_furst')
    edit('offices/medan/office.yaml', 'zone: Asia/Jakarta', 'zone: Asia/Atlantis')
    const refused = await open().then(
      () => '',
      (error: Error) => error.message,
    )
    for (const named of ['complaint.yaml:', 'status.yaml:', 'office.yaml:', 'look_first', 'Asia/Jakarta']) {
      expect(refused).toContain(named)
    }
    expect(refused).toMatch(/complaint\.yaml:\d+: /)
  })

  it('cannot be examples in live mode, nor be called like a door', async () => {
    await expect(open({ mode: 'live' })).rejects.toThrow(/no example is served/)
    await expect(open({ mode: 'live', offices: ['medan'] })).rejects.toThrow(/medan says "example: true"/)
    edit('offices/medan/office.yaml', 'id: medan', 'id: chat')
    await expect(open()).rejects.toThrow(/name of a door/)
  })

  it('must be there when they are named', async () => {
    await expect(open({ offices: ['atlantis'] })).rejects.toThrow(/atlantis/)
  })
})

describe('a reload', () => {
  it('takes new words, and keeps the version that somebody is walking', async () => {
    const houses = await open()
    const before = houses.houses.get('medan')?.book.flows.complaint
    edit('complaint.yaml', 'Laporan ini tentang apa?', 'Tentang apa laporan ini?')
    await houses.reload()
    const book = houses.houses.get('medan')?.book
    expect(JSON.stringify(book?.flows.complaint)).toContain('Tentang apa laporan ini?')
    expect(before && book?.versions[before.version]).toEqual(before)
  })

  it('keeps the old words running when the new ones are wrong', async () => {
    const houses = await open()
    edit('complaint.yaml', 'choose: Laporan ini tentang apa?', 'chose: Laporan ini tentang apa?')
    await houses.reload()
    expect(JSON.stringify(houses.houses.get('medan')?.book.flows.complaint)).toContain(
      'Laporan ini tentang apa?',
    )
  })
})
