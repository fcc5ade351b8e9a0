import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createSealing } from '../../src/records/sealing.ts'
import { issueSignIn, spendSignIn } from '../../src/records/sign-in-links.ts'
import { issueCode, spendCode } from '../../src/records/single-use.ts'
import { testDatabase } from '../helpers/database.ts'

const { db, owner } = await testDatabase()
const sealing = createSealing({ lookup: Buffer.alloc(32, 1), outer: [{ id: 1, key: Buffer.alloc(32, 2) }] })
const AT_ONCE = 8

/** As two who ask at the same moment leave them: neither has seen the other's. */
async function madeAtOnce(table: string, make: () => Promise<string>): Promise<string[]> {
  const made: string[] = []
  await owner.db.pool.query(`create table aside as table ${table} with no data; grant all on aside to public`)
  for (let n = 0; n < AT_ONCE; n += 1) {
    made.push(await make())
    await db.pool.query(`insert into aside table ${table}`)
  }
  await db.pool.query(`insert into ${table} table aside on conflict do nothing`)
  await owner.db.pool.query('drop table aside')
  return made
}

async function winners(made: string[], spend: (one: string) => Promise<string | undefined>) {
  return (await Promise.all(made.map(spend))).flatMap((whose, n) => (whose === undefined ? [] : [made[n]]))
}

describe('of several made at the same moment', () => {
  it('the last link signs in, once', async () => {
    const who = randomUUID()
    const links = await madeAtOnce('sign_in_links', () => issueSignIn(db.pool, who))
    expect(await winners(links, one => spendSignIn(db.pool, one))).toEqual(links.slice(-1))
    expect(await winners(links, one => spendSignIn(db.pool, one))).toEqual([])
  })

  it('the last word opens, once', async () => {
    const use = { office: 'medan', opens: 'staff' as const, whose: randomUUID() }
    const words = await madeAtOnce('single_use', () => issueCode(db.pool, sealing, use, 1))
    const spend = (code: string) => spendCode(db.pool, sealing, { ...use, code })
    expect(await winners(words, spend)).toEqual(words.slice(-1))
    expect(await winners(words, spend)).toEqual([])
  })
})
