import { describe, expect, it } from 'vitest'
import { settleGroup } from '../../src/desk/groups.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { createSealing } from '../../src/records/sealing.ts'
import { addStaff, bindAccount, linkForStaff, type Role } from '../../src/records/staff.ts'
import { telegramRecords } from '../../src/telegram-ports.ts'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, testLine } from '../helpers/line.ts'

const { db, address } = await testDatabase()
const keyring = makeKeyring()
const sealing = createSealing(keyring)
const office = 'lhokseumawe'
const GENERAL = '-100'
const RESTRICTED = '-200'
for (const [desk, chat] of [
  ['general', GENERAL],
  ['pengawasan', RESTRICTED],
] as const)
  await settleGroup(db.pool, sealing, { office, channel: 'telegram', address: chat, desk, forum: false })
const line = await testLine(db, keyring)
const { groups } = telegramRecords({ db, sealing, address, wake: line.delivery.wake })
const inGroup = (chat: string) =>
  line.citizens.sent.filter(one => one.address === chat).map(({ text }) => text)

async function onTheList(name: string, account: string, role: Role): Promise<void> {
  const id = await addStaff(db.pool, sealing, { office, name, role, desks: null })
  const code = await linkForStaff(db.pool, sealing, { id, office })
  await bindAccount(db, sealing, { office, channel: 'telegram', account }, code)
}

describe('a desk whose group is lost', () => {
  it('is missed by the others once, and its cards wait until the bot is back', async () => {
    await groups.removed(office, GENERAL)
    await groups.removed(office, GENERAL)
    const code = codeIn(await fileAway('ani'))
    await expect.poll(() => inGroup(RESTRICTED).length, { timeout: 5000 }).toBe(1)
    expect(inGroup(RESTRICTED)[0]).toContain('dikeluarkan')
    expect(inGroup(GENERAL)).toEqual([])
    await groups.back(office, GENERAL)
    await expect.poll(() => inGroup(GENERAL).join(), { timeout: 5000 }).toContain(code)
    expect(inGroup(RESTRICTED)).toHaveLength(1)
  })

  it('and moves elsewhere is followed when its head says so, and nobody else', async () => {
    await onTheList('Rina', '11', 'staff')
    await onTheList('Bu Kepala', '22', 'head')
    await groups.moved(office, GENERAL, '-300')
    const code = codeIn(await fileAway('budi'))
    expect(await groups.isMovedHere(office, '-300')).toBe(true)
    expect(await groups.confirmMove(office, '-300', '11')).toBe(false)
    expect(await groups.confirmMove(office, '-999', '22')).toBe(false)
    expect(inGroup('-300')).toEqual([])
    expect(await groups.confirmMove(office, '-300', '22')).toBe(true)
    await expect.poll(() => inGroup('-300').join(), { timeout: 5000 }).toContain(code)
    expect(await groups.deskOf(office, GENERAL)).toBeUndefined()
  })
})

/** Files while the desk cannot be spoken to: only the citizen's own words come through. */
async function fileAway(who: string): Promise<string> {
  void fileComplaint(line, who)
  await expect.poll(() => line.heard(who).at(-1) ?? '', { timeout: 8000 }).toContain('sudah kami terima')
  return line.heard(who).at(-1) ?? ''
}
