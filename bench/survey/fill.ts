import type { Instrument } from '../../src/conversation/instrument.ts'
import type { Db } from '../../src/records/db.ts'
import type { Sealing } from '../../src/records/sealing.ts'
import { surveyKey } from '../../src/surveys/keys.ts'
import { archiveInstrument } from '../../src/surveys/versions.ts'

/** So many whole responses of one office, by chance over the months of 2026; one in five with a suggestion. */
export async function fillLedger(
  db: Db,
  sealing: Sealing,
  instrument: Instrument,
  responses: number,
): Promise<void> {
  const version = await archiveInstrument(db.pool, instrument)
  const elements = Object.keys(instrument.elements)
  const traits = Object.entries(instrument.traits).map(([trait, { answers }]) => {
    const options = Object.keys(answers).map(option => `'${option}'`)
    return `'${trait}', (array[${options}])[1 + floor(random() * ${options.length})::int]`
  })
  const values = elements.map(
    (_, k) => `(array[4, 4, 3, 3, 3, 2, ${k % 3 === 0 ? 1 : 4}])[1 + floor(random() * 7)::int]`,
  )
  await db.pool.query(
    `insert into survey_responses
     select gen_random_uuid(), 'medan', $1, $2, make_date(2026, 1 + floor(random() * 12)::int, 1),
       (array['ticket', 'visit', 'visit'])[1 + floor(random() * 3)::int],
       (array['telegram', 'whatsapp', 'web'])[1 + floor(random() * 3)::int],
       'Loket ' || 1 + floor(random() * 6)::int, (array['Legalisir', 'Kartu pegawai', 'Pensiun', 'Mutasi'])[1 + floor(random() * 4)::int],
       jsonb_build_object(${traits}), true, array[${values}]::smallint[],
       array(select sha256((g || '/' || k)::bytea) from generate_series(1, ${elements.length}) k)
     from generate_series(1, $3::int) g`,
    [instrument.survey, version, responses],
  )
  const texts = [
    'Kursi tunggu ditambah',
    'Antrean dipercepat',
    'Antrean loket terlalu lama',
    'Petugas sudah ramah',
    'AC ruang tunggu diperbaiki',
  ]
  const rows = Array.from({ length: Math.floor(responses / 5) }, (_, n) => ({
    id: crypto.randomUUID(),
    month: 1 + (n % 12),
    n,
  }))
  for (let month = 1; month <= 12; month++) {
    const day = `2026-${String(month).padStart(2, '0')}-01`
    const key = await surveyKey(db.pool, sealing, { purpose: 'suggestions', office: 'medan', day })
    const own = rows.filter(row => row.month === month)
    await db.pool.query(
      `insert into survey_suggestions select id, 'medan', $1, $2::date, 'Loket 1', 'Legalisir', decode(sealed, 'base64')
       from unnest($3::uuid[], $4::text[]) as u(id, sealed)`,
      [
        instrument.survey,
        day,
        own.map(({ id }) => id),
        own.map(({ id, n }) =>
          sealing.seal(key, `survey_suggestions.${id}`, `${texts[n % 5]} ${n}`).toString('base64'),
        ),
      ],
    )
  }
  await db.pool.query('vacuum analyze survey_responses')
}
