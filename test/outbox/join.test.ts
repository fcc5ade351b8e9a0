import { describe, expect, it } from 'vitest'
import { SendError } from '../../src/channels/channel.ts'
import type { Claimed } from '../../src/outbox/claim.ts'
import { joinAt } from '../../src/outbox/join.ts'
import { claimed } from '../helpers/claimed.ts'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, testLine } from '../helpers/line.ts'
import { windowed } from '../helpers/windowed.ts'

const TURN = '5f5a1f0e-0000-4000-8000-000000000000/7'

function said(n: number, more: Partial<Claimed> = {}): Claimed {
  return claimed(n, {
    key: `${TURN}/${n}`,
    channel: 'whatsapp-cloud',
    text: `Kalimat ${n}.`,
    until: 100,
    ...more,
  })
}

const can = windowed().capabilities
const options = [{ id: '7.ya', label: 'Ya' }]
const ids = (queue: Claimed[], of = can) => joinAt(queue, of, 0)?.messages.map(({ id }) => id)

describe('what one turn says where each message is charged', () => {
  it('leaves as one, its choices at the end', () => {
    expect(joinAt([said(1), said(2), said(3, { options })], can, 0)?.part).toEqual({
      text: 'Kalimat 1.\n\nKalimat 2.\n\nKalimat 3.',
      show: 'buttons',
      options,
    })
    expect(ids([said(1), said(2)], { ...can, combine: false })).toBeUndefined()
    const place = joinAt([said(1), said(2, { wants: 'location' }), said(3)], can, 0)
    expect(place?.part).toEqual({ text: 'Kalimat 1.\n\nKalimat 2.', wants: 'location' })
  })

  it.each<[what: string, queue: Claimed[], together: number[] | undefined]>([
    ['never across choices', [said(1, { options }), said(2)], undefined],
    ['up to the first choices', [said(1), said(2, { options }), said(3)], [1, 2]],
    ['nothing of another turn', [said(1), said(2, { key: 'other/8/0' })], undefined],
    ['no file', [said(1), said(2), said(3, { file: 'f' })], [1, 2]],
    ['nothing behind a file', [said(1, { file: 'f' }), said(2)], undefined],
    ['nothing of which a part is out', [said(1, { partsSent: 1 }), said(2)], undefined],
    ['nothing whose claim could end first', [said(1), said(2, { until: -1 })], undefined],
    ['no template', [said(1), said(2, { template: { name: 't', language: 'id', values: [] } })], undefined],
    [
      'as much as one message takes',
      [said(1, { text: 'a'.repeat(4000) }), said(2, { text: 'b'.repeat(94) }), said(3)],
      [1, 2],
    ],
    [
      'nothing that would part the text from its choices',
      [said(1, { text: 'a'.repeat(1020) }), said(2, { options })],
      undefined,
    ],
  ])('%s', (_, queue, together) => expect(ids(queue)).toEqual(together))

  it('is tried again with the same others, and with no more, while its fate is unknown', () => {
    const unknown = { error: 'unknown' }
    const again = [said(1, unknown), said(2, { ...unknown, leftWith: 1 }), said(3)]
    expect(ids(again)).toEqual([1, 2])
    expect(ids([said(1, unknown), said(2)])).toBeUndefined()
    expect(ids([said(1), said(2, { ...unknown, leftWith: 9 })])).toBeUndefined()
  })
})

const { db } = await testDatabase()
const platform = windowed()
const line = await testLine(db, undefined, platform)
const asked = async (who: string, code: string) => {
  const before = line.heard(who).length
  await line.work('general', 'Rina', `tanya ${code} Loket yang mana?`)
  return () => line.heard(who).slice(before)
}
/** What stands in the outbox for a ticket's citizen, the latest turn alone. */
async function lastTurn(code: string) {
  const { rows } = await db.pool.query(
    `select o.status, o.ref is not null as named, o.left_with is not null as other from outbox o
     join conversations c on c.id = o.conversation_id and o.key like c.id || '/' || c.turn || '/%'
     where c.id = (select conversation_id from tickets where code = $1) order by o.seq`,
    [code],
  )
  return rows
}

describe('a question of staff and the word that asks for an answer', () => {
  it('are one message, and both are settled', async () => {
    const code = codeIn(await fileComplaint(line, 'ani'))
    const news = await asked('ani', code)
    await expect.poll(news).toHaveLength(1)
    await line.quiet()
    expect(news()[0]).toMatch(/Loket yang mana\?[\s\S]*\n\n/)
    expect(await lastTurn(code)).toEqual([
      { status: 'sent', named: true, other: false },
      { status: 'merged', named: true, other: true },
    ])
  })

  it('leave apart when the platform refuses them together', async () => {
    const code = codeIn(await fileComplaint(line, 'budi'))
    platform.before = ({ address, text }) => {
      if (address === 'budi' && text.includes('Loket yang mana') && text.includes('\n\n'))
        throw new SendError('refused', 'no')
    }
    const news = await asked('budi', code)
    await expect.poll(() => news().length).toBe(2)
    await line.quiet()
    expect((await lastTurn(code)).map(({ status }) => status)).toEqual(['sent', 'sent'])
  })
})
