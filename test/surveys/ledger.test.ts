import { expect, it } from 'vitest'
import { testDatabase } from '../helpers/database.ts'
import { testLine } from '../helpers/line.ts'
import { answerSurvey, counter } from '../helpers/survey.ts'

const { db } = await testDatabase()
const line = await testLine(db)

it('takes a survey from a counter', async () => {
  const code = await counter(db)
  const last = await answerSurvey(line, 'siti', {
    code,
    values: [4, 3, 2, 4, 3, 3, 4, 1, 2],
    suggestion: 'Kursi tunggu ditambah',
  })
  expect(last).toContain('sudah kami terima')
  const { rows } = await db.pool.query('select * from survey_responses')
  console.log(
    rows,
    (await db.pool.query('select * from inbox')).rows.map(r => [r.conversation_id, r.turn, r.sealed?.length]),
  )
  console.log(
    (await db.pool.query('select * from outbox')).rows.map(r => [r.key, r.sealed?.length]),
    line.heard('siti'),
  )
})
