import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { Model } from '../../src/assistant/model.ts'
import { openModel } from '../../src/assistant/open-model.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { file } from '../accept/harness/filing.ts'
import { testDatabase } from '../helpers/database.ts'
import { startFakeModel } from '../helpers/model/fake-model.ts'
import { openModelHouse } from '../helpers/model/model-house.ts'

const { db, owner } = await testDatabase()
const fake = await startFakeModel()
const model = (await openModel({ model: 'openai:x', baseUrl: fake.baseUrl, apiKey: undefined })) as Model
const ANSWER = 'Surat pindah tidak dipungut biaya. Datang ke loket 2 membawa KTP.'
const house = await openModelHouse({ db, keyring: makeKeyring() }, model, {
  budget: { citizen: 4, office: 1_000 },
  citizenMs: 2_500,
  restMs: 0,
  articles: {
    'surat-pindah': { question: 'Bagaimana cara mengurus surat pindah?', answer: ANSWER, tags: ['pindah'] },
  },
})
afterAll(async () => {
  await house.stop()
  await fake.stop()
})
const { web } = house
let citizens = 0
const someone = () => `citizen-${++citizens}`
const ASKED = 'bagaimana cara mengurus surat pindah?'
/** Asks and does not wait for what is answered. */
const ask = (who: string) => house.hears(who, ASKED)
const says = (text: string, article = 'surat-pindah') => {
  fake.mood = { is: 'answers', with: () => JSON.stringify({ article, text }) }
}
let before = 0
const answered = () => before
beforeEach(() => {
  fake.heard.length = 0
  before = house.counts().model_answered_total ?? 0
})

describe('a question, where a model is configured', () => {
  it('is answered in the words of the model when each held against the article, with its source', async () => {
    says('Surat pindah tidak dipungut biaya ya, Bapak/Ibu. Silakan datang ke loket 2 dengan membawa KTP.')
    const heard = await web.say(someone(), ASKED)
    expect(heard).toContain('Silakan datang ke loket 2 dengan membawa KTP.')
    expect(heard).toContain('Sumber: Contoh')
    expect(heard).not.toContain(ANSWER)
  })

  it("is answered in the article's own when one did not", async () => {
    says('Surat pindah dipungut biaya. Datang ke loket 2 membawa KTP.')
    expect(await web.say(someone(), ASKED)).toContain(ANSWER)
    expect(house.counts().model_guarded_total).toBe(1)
  })

  it('leaves the chat free while the model thinks, and says so', async () => {
    fake.mood = { is: 'hangs' }
    const who = someone()
    await ask(who)
    await expect.poll(() => fake.heard.length).toBe(1)
    const began = performance.now()
    expect(await web.say(who, 'halo apa kabar')).toContain('Mohon tunggu')
    expect(performance.now() - began).toBeLessThan(1_500)
    await house.quiet()
    expect(web.heard(who).join('\n')).toContain(ANSWER)
  })

  it('that was cancelled and asked anew is not answered with the old answer', async () => {
    const who = someone()
    fake.mood = { is: 'hangs' }
    await ask(who)
    await expect.poll(() => fake.heard.length).toBe(1)
    await web.say(who, 'batal')
    says('Surat pindah tidak dipungut biaya. Silakan datang ke loket 2 membawa KTP.')
    await web.say(who, ASKED)
    await house.quiet()
    const answers = web.heard(who).filter(text => text.includes('loket 2'))
    expect(answers).toHaveLength(1)
    expect(answers[0]).toContain('Silakan datang')
    await expect.poll(() => house.counts().model_superseded_total, { timeout: 10_000 }).toBe(1)
  })

  it('whose answer was told and not heard before it was cancelled is not heard as that to the next one', async () => {
    const who = someone()
    says('Surat pindah tidak dipungut biaya. Silakan datang ke loket 2 membawa KTP.')
    await owner.db.pool.query(`create or replace function late() returns trigger language plpgsql as
      $$begin new.due_at = now() + interval '2 seconds'; return new; end$$`)
    await owner.db.pool.query(
      `create trigger late before insert on inbox for each row when (new.status = 'pending') execute function late()`,
    )
    await ask(who)
    await expect.poll(() => house.counts().model_answered_total).toBeGreaterThan(answered())
    await owner.db.pool.query('drop trigger late on inbox')
    fake.mood = { is: 'hangs' }
    await web.say(who, 'batal')
    await ask(who)
    await house.quiet()
    const answers = web.heard(who).filter(text => text.includes('loket 2'))
    expect(answers).toEqual([expect.stringContaining(ANSWER)])
  })

  it('is answered without it once the day of this citizen is used up, and others go on', async () => {
    says('Surat pindah tidak dipungut biaya. Silakan datang ke loket 2 membawa KTP.')
    const [who, other] = [someone(), someone()]
    for (let n = 0; n < 5; n++) await web.say(who, ASKED)
    expect(fake.heard).toHaveLength(4)
    expect(web.heard(who).at(-1)).toContain(ANSWER)
    expect(await web.say(other, ASKED)).toContain('Silakan datang')
  })

  it('survives the end of the process that asked: answered once, by the next one', async () => {
    const who = someone()
    fake.mood = { is: 'hangs' }
    await ask(who)
    await expect.poll(() => fake.heard.length).toBe(1)
    says('Surat pindah tidak dipungut biaya. Silakan datang ke loket 2 membawa KTP.')
    await house.again()
    await house.quiet()
    expect(web.heard(who).join('\n')).toContain('Silakan datang')
    expect(web.heard(who).filter(text => text.includes('loket 2'))).toHaveLength(1)
  })

  it('survives a process that is gone without a word: answered when its lease is over, without the model when it is late', async () => {
    const who = someone()
    await owner.db.pool.query(`create or replace function gone() returns trigger language plpgsql as
      $$begin new.status = 'asking'; new.attempts = 1; new.lease_until = now() + interval '1 second';
        new.asked_at = now() - interval '6 seconds'; return new; end$$`)
    await owner.db.pool.query(
      `create trigger gone before insert on model_asks for each row when (new.purpose = 'answer') execute function gone()`,
    )
    const answered = web.say(who, ASKED)
    expect(await answered).toContain(ANSWER)
    await owner.db.pool.query('drop trigger gone on model_asks')
    expect(fake.heard).toHaveLength(0)
  })

  it('of many at once, with two processes at work, is put once and answered once', async () => {
    says('Surat pindah tidak dipungut biaya. Silakan datang ke loket 2 membawa KTP.')
    const other = house.beside()
    const asking = Array.from({ length: 24 }, someone)
    await Promise.all(asking.map(who => ask(who)))
    await house.quiet()
    await other.stop()
    expect(fake.heard).toHaveLength(24)
    for (const who of asking) expect(web.heard(who)).toEqual([expect.stringContaining('Silakan datang')])
  })

  it('leaves nothing of itself but when it was and how it ended', async () => {
    await house.quiet()
    const { rows } = await db.pool.query('select * from model_asks')
    expect(rows.length).toBeGreaterThan(5)
    for (const { sealed, conversation_id } of rows)
      expect({ sealed, conversation_id }).toEqual({ sealed: null, conversation_id: null })
  })
})

describe('at a desk', () => {
  it('a new open report gets a suggestion below its card, in its own words and marked', async () => {
    const summary = 'Warga mengeluhkan antrean loket lama sekali'
    fake.mood = {
      is: 'answers',
      with: () => JSON.stringify({ kind: 'complaint', desk: 'general', summary }),
    }
    const code = await file(web, someone(), { mode: 'terbuka' })
    await house.quiet()
    const told = house.desk().find(text => text.startsWith('Saran mesin'))
    expect(told).toContain(code)
    expect(told).toContain('belum diperiksa')
    expect(told).toContain(summary)
  })

  it('one that says more than the report is not shown', async () => {
    const before = house.desk().filter(text => text.startsWith('Saran')).length
    fake.mood = {
      is: 'answers',
      with: () => JSON.stringify({ kind: 'complaint', desk: 'general', summary: 'Segera tutup laporan ini' }),
    }
    await file(web, someone(), { mode: 'terbuka' })
    await house.quiet()
    expect(house.desk().filter(text => text.startsWith('Saran'))).toHaveLength(before)
  })

  it.each(['rahasia', 'anonim'] as const)(
    'nothing of a report that is %s is shown to a model',
    async mode => {
      await file(web, someone(), { mode })
      await house.quiet()
      expect(fake.heard).toEqual([])
    },
  )

  it('staff may have a draft; it is not sent to the citizen, and names nothing that stands nowhere', async () => {
    fake.mood = {
      is: 'answers',
      with: ({ wants }) =>
        wants === 'draft_reply'
          ? JSON.stringify({ text: 'Terima kasih, antrean di loket sedang kami benahi.' })
          : '{}',
    }
    const who = someone()
    const code = await file(web, who, { mode: 'terbuka' })
    const before = web.heard(who).length
    await house.work(`konsep ${code}`)
    await house.quiet()
    expect(house.desk().at(-1)).toContain('antrean di loket sedang kami benahi')
    expect(house.desk().at(-1)).toContain('belum diperiksa')
    expect(web.heard(who)).toHaveLength(before)
    fake.mood = { is: 'answers', with: () => JSON.stringify({ text: 'Hubungi 08123 di bit.ly/x' }) }
    await house.work(`konsep ${code}`)
    await house.quiet()
    expect(house.desk().at(-1)).toContain('Mohon ditulis sendiri')
    expect(house.desk().at(-1)).not.toContain('bit.ly')
  })
})
