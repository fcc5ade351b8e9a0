import { expect, it } from 'vitest'
import { signInLink } from '../../src/actions/sign-in-link.ts'
import { transaction } from '../../src/records/db.ts'
import { spendSignIn } from '../../src/records/sign-in-links.ts'
import { addStaff, bindAccount, linkForStaff } from '../../src/records/staff.ts'
import { testDatabase } from '../helpers/database.ts'
import { testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const { sealing } = line.room
const rina = { office: 'lhokseumawe', name: 'Rina', role: 'staff' as const, desks: null }
const id = await addStaff(db.pool, sealing, rina)
const word = await linkForStaff(db.pool, sealing, { ...rina, id })
await bindAccount(db, sealing, { office: 'lhokseumawe', channel: 'telegram', account: '4711' }, word)

async function asks(who: string, pagesAt?: string) {
  await line.say(who, 'menu')
  const hash = sealing.hash('address', 'lhokseumawe', 'telegram', who)
  const { rows } = await db.pool.query<{ id: string }>(
    'select id from conversations where address_hash = $1',
    [hash],
  )
  const conversation = {
    id: rows[0]?.id ?? '',
    channel: 'telegram' as const,
    language: 'id',
    party: 'citizen' as const,
    desk: null,
  }
  const request = { key: `k/${who}`, office: 'lhokseumawe', conversation, with: {}, at: new Date() }
  const room = pagesAt === undefined ? line.room : { ...line.room, pagesAt }
  const [outcome] = await transaction(db, client => signInLink({ ...room, client }, [request]))
  return outcome !== undefined && 'result' in outcome ? (outcome.result as Record<string, string>) : {}
}

it('gives a link to the account that is on the list, and to nobody else', async () => {
  const { staff, name, url = '' } = await asks('4711', 'https://balai.example')
  expect([staff, name]).toEqual(['ya', 'Rina'])
  expect(url).toMatch(/^https:\/\/balai\.example\/sign-in\/[\w-]{43}$/)
  expect(await spendSignIn(db.pool, url.split('/').at(-1) ?? '')).toBe(id)
  expect((await asks('4712', 'https://balai.example')).staff).toBe('tidak')
  expect((await asks('4711')).staff).toBe('tidak')
})
