import { randomUUID } from 'node:crypto'
import { askSecond } from '../../../src/records/second-person.ts'
import { writeWording } from '../../../src/records/wordings.ts'
import { failures, type Race } from './field.ts'
import { allAtOnce, times } from './served.ts'

const DESK = '/desk/lhokseumawe'
const OFFICE = 'lhokseumawe'

/** What staff decide on pages, decided by many at once: it is decided once, whoever was first. */
export const DESK_RACES: Record<string, Race> = {
  async take({ pages, served, people, atOnce, count }) {
    const [code = ''] = await pages.files([{ description: 'Lampu padam di simpang' }])
    const staff = await people(atOnce, {})
    const answers = await allAtOnce(staff, ({ cookie }) =>
      served.post(`${DESK}/tickets/${code}`, { verb: 'take', key: randomUUID() }, cookie),
    )
    return { won: await count(EVENTS, [code, 'taken']), failed: failures(answers) }
  },

  async samePress({ pages, served, people, atOnce, count }) {
    const [code = ''] = await pages.files([{ description: 'Air keruh sejak pagi' }])
    const [who] = await people(1, {})
    const form = { verb: 'reply', words: 'Petugas sudah ke sana.', key: randomUUID() }
    const answers = await allAtOnce(times(atOnce), () =>
      served.post(`${DESK}/tickets/${code}`, form, who?.cookie),
    )
    return { won: await count(EVENTS, [code, 'replied']), failed: failures(answers) }
  },

  async statusChange({ pages, served, people, atOnce, count }) {
    const [code = ''] = await pages.files([{ description: 'Jalan berlubang di depan pasar' }])
    const staff = await people(atOnce, { role: 'head' })
    const answers = await allAtOnce(staff, ({ cookie }, n) =>
      served.post(
        `${DESK}/tickets/${code}`,
        {
          verb: n % 2 === 0 ? 'resolve' : 'decline',
          words: n % 2 === 0 ? 'Sudah diperbaiki.' : 'duplikat',
          key: randomUUID(),
        },
        cookie,
      ),
    )
    const ended = await count(
      `select count(*) from ticket_events e join tickets t on t.id = e.ticket_id
       where t.code = $1 and e.type in ('resolved', 'declined')`,
      [code],
    )
    return { won: ended, failed: failures(answers) }
  },

  /** Each into the other: whoever is second finds it joined. */
  async merge({ pages, served, people, count }) {
    const rounds = 8
    const [who] = await people(1, { role: 'head' })
    let [won, failed] = [0, 0]
    for (let round = 0; round < rounds; round += 1) {
      const [one = '', other = ''] = await pages.files([
        { description: `Got mampet ${round}` },
        { description: `Got mampet juga ${round}` },
      ])
      const answers = await allAtOnce([one, other, one, other], (code, n) =>
        served.post(
          `${DESK}/tickets/${code}`,
          { verb: 'merge', words: n % 2 === 0 ? other : one, key: randomUUID() },
          who?.cookie,
        ),
      )
      failed += failures(answers)
      won += await count('select count(*) from tickets where code in ($1, $2) and merged_into is not null', [
        one,
        other,
      ])
    }
    return { won: won / rounds, failed }
  },

  async wording({ pages, served, people, atOnce, count }) {
    const [writer] = await people(1, {})
    const [step] = Object.entries(pages.houses.houses.get(OFFICE)?.book.flows.complaint?.steps ?? {}).flatMap(
      ([name, one]) =>
        one.kind === 'choose' ? [{ place: `steps.${name}.choose`, words: one.choose.id ?? '' }] : [],
    )
    const { place = '', words = '' } = step ?? {}
    const id = await writeWording(pages.db.pool, {
      office: OFFICE,
      flow: 'complaint',
      place,
      language: 'id',
      words: `${words} `.replace('?', ' ya?'),
      replaces: words,
      by: writer?.id ?? '',
    })
    const heads = await people(atOnce, { role: 'head' })
    const answers = await allAtOnce(heads, ({ cookie }, n) =>
      served.post(`${DESK}/wordings/${id}`, { do: n % 3 === 0 ? 'drop' : 'agree' }, cookie),
    )
    const decided = await count(
      `select count(*) from audit_log where action in ('wording_agreed', 'wording_dropped')`,
    )
    const standing = await count(`select count(*) from wordings where status = 'agreed'`)
    return { won: Math.max(decided, standing), failed: failures(answers) }
  },

  async wishAsked({ pages, served, people, atOnce, count }) {
    const [code = ''] = await pages.files([{ description: 'Pungutan di loket', mode: 'rahasia' }])
    const [head] = await people(1, { role: 'head', duties: ['confidential'], proved: true })
    const answers = await allAtOnce(times(atOnce), () =>
      served.post(`${DESK}/tickets/${code}/open`, { why: 'pemeriksaan rutin' }, head?.cookie),
    )
    return {
      won: await count(`select count(*) from second_persons where what = 'identity'`),
      failed: failures(answers),
    }
  },

  async agreement({ pages, records, served, people, atOnce, count }) {
    const [asks] = await people(1, { role: 'head' })
    await askSecond(pages.db.pool, records.sealing, {
      office: OFFICE,
      what: 'export',
      subject: 'laporan 2026-11',
      by: asks?.id ?? '',
      why: 'laporan tahunan',
    })
    const { rows } = await pages.db.pool.query<{ id: string }>(
      `select id from second_persons where what = 'export'`,
    )
    const heads = await people(atOnce, { role: 'head' })
    const answers = await allAtOnce(heads, ({ cookie }, n) =>
      served.post(`${DESK}/agreements/${rows[0]?.id}`, { agree: n % 2 === 0 ? 'yes' : 'no' }, cookie),
    )
    const won = await count(
      `select count(*) from audit_log where action in ('export_agreed', 'export_refused')`,
    )
    return { won, failed: failures(answers) }
  },

  async announcement({ served, people, atOnce, count }) {
    const [writer] = await people(1, { role: 'observer', duties: ['broadcaster'] })
    const form = {
      key: randomUUID(),
      topic: 'news',
      id: 'Jadwal bursa kerja berubah menjadi 5 Desember 2026.',
    }
    const drafted = await allAtOnce(times(atOnce), () =>
      served.post(`${DESK}/announcements/new`, form, writer?.cookie),
    )
    const code = /P-[0-9A-Z]{5}/.exec(drafted.map(({ headers }) => headers.get('location')).join())?.[0] ?? ''
    const heads = await people(atOnce, { role: 'head' })
    const press = (verb: string) =>
      allAtOnce(heads, ({ cookie }) =>
        served.post(`${DESK}/announcements/${code}/${verb}`, { key: randomUUID() }, cookie),
      )
    const [approved, sent] = [await press('approve'), await press('send')]
    // Sent again before it began is sent at another time; it goes once.
    const deeds = ['announce', 'approve'].map(verb =>
      count('select count(*) from audit_log where action = $1', [`announcement_${verb}`]),
    )
    return {
      won: Math.max(...(await Promise.all(deeds))),
      failed: failures([...drafted, ...approved, ...sent]),
    }
  },

  /** Two administrators take each other off the list: one of them stays. */
  async lastAdministrator(field) {
    const { served, count } = field
    let [alone, failed] = [0, 0]
    const ways = [
      ['leave', {}],
      ['duty', { duty: 'administrator', give: 'no' }],
    ] as const
    for (const [path, form] of [...ways, ...ways, ...ways]) {
      await field.pages.db.pool.query('update staff set left_at = now() where left_at is null')
      const two = await field.people(2, { role: 'observer', duties: ['administrator'] })
      const answers = await allAtOnce(two, ({ cookie }, n) =>
        served.post(`${DESK}/staff/${two[1 - n]?.id}/${path}`, form, cookie),
      )
      failed += failures(answers)
      alone += await count(
        `select count(*) from staff s join staff_duties d on d.staff_id = s.id
         where s.left_at is null and d.duty = 'administrator'`,
      )
    }
    return { won: alone / (ways.length * 3), failed }
  },
}

const EVENTS = `select count(*) from ticket_events e join tickets t on t.id = e.ticket_id where t.code = $1 and e.type = $2`
