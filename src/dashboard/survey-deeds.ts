import { Refusal } from '../lib/refusal.ts'
import { note } from '../records/audit.ts'
import { type Queryable, transaction } from '../records/db.ts'
import { askSecond, standOf } from '../records/second-person.ts'
import { figuresOf } from '../surveys/figures.ts'
import { hasEnded } from '../surveys/period.ts'
import { noteFollowUp, notePlan } from '../surveys/plans.ts'
import { publishFigures } from '../surveys/published.ts'
import { reading } from '../surveys/reading.ts'
import { noteServed } from '../surveys/served.ts'
import { type AskedSurvey, askedSurvey, noSurvey } from './asked-survey.ts'
import type { Seat } from './door.ts'
import { goTo } from './page.ts'
import { surveyPage } from './survey.ts'

const LEAST_WHY = 8

/** Does something about one period and writes it into the log, in one transaction. */
async function done(
  seat: Seat,
  { instrument, period }: AskedSurvey,
  action: string,
  work: (client: Queryable) => Promise<unknown>,
): Promise<Response> {
  const { door, house, member } = seat
  const entry = {
    office: house.office.id,
    actor: member.id,
    action,
    subject: `${instrument.survey} ${period.id}`,
  }
  await transaction(door.db, async client => {
    await work(client)
    await note(client, door.room.sealing, entry, door.now())
  })
  return goTo(seat, `/surveys/${instrument.survey}?period=${period.id}&done=yes`)
}

function whereOf({ house }: Seat, { instrument, period }: AskedSurvey) {
  return { office: house.office.id, survey: instrument.survey, period: period.id }
}

/** A plan for one element, or what became of it. */
export async function planDeed(seat: Seat): Promise<Response> {
  const { t, form, member, door } = seat
  const asked = askedSurvey(seat)
  if (asked === undefined) return noSurvey(seat)
  const element = form.of('element')
  if (!Object.hasOwn(asked.instrument.elements, element))
    return surveyPage(seat, t('Unsur itu tidak ada.', 'There is no such element.'))
  const who = { by: member.name, at: door.now() }
  const followUp = form.of('followUp').slice(0, 1000)
  if (followUp !== '')
    return done(seat, asked, 'survey_followed_up', client =>
      noteFollowUp(client, whereOf(seat, asked), { element, followUp }, who),
    )
  const [programme = '', time = '', charge = ''] = ['programme', 'time', 'charge'].map(name =>
    form.of(name).slice(0, 300),
  )
  if ([programme, time, charge].includes(''))
    return surveyPage(
      seat,
      t('Isi program, waktu, dan penanggung jawab.', 'Give the programme, the time and who is in charge.'),
    )
  return done(seat, asked, 'survey_planned', client =>
    notePlan(client, whereOf(seat, asked), { element, programme, time, charge }, who),
  )
}

export async function servedDeed(seat: Seat): Promise<Response> {
  const { t, form } = seat
  const asked = askedSurvey(seat)
  if (asked === undefined) return noSurvey(seat)
  const served = form.of('served').replaceAll('.', '')
  if (!/^\d{1,8}$/.test(served)) return surveyPage(seat, t('Isi dengan angka.', 'Give a number.'))
  return done(seat, asked, 'survey_served', client =>
    noteServed(client, { ...whereOf(seat, asked), served: Number(served) }),
  )
}

/** Asks for a second person; once they have agreed, within the hour, publishes the figures as they are then. */
export async function publishDeed(seat: Seat): Promise<Response> {
  const { t, door, house, member, form } = seat
  const asked = askedSurvey(seat)
  if (asked === undefined) return noSurvey(seat)
  const { instrument, period, today } = asked
  const running = !hasEnded(period, today)
  if (running && form.of('running') !== 'yes')
    return surveyPage(
      seat,
      t(
        `${period.id} belum berakhir. Tunggu sampai berakhir, atau centang bahwa hasilnya masih sementara.`,
        `${period.id} is not over. Wait until it is, or tick that its results are not final.`,
      ),
    )
  const subject = `${instrument.survey} ${period.id}`
  const wish = { what: 'publish' as const, subject, by: member.id }
  if ((await standOf(door.db.pool, wish)) !== 'agreed') {
    const why = form.of('why')
    if (why.length < LEAST_WHY)
      return surveyPage(
        seat,
        t('Tulis alasannya, paling sedikit 8 huruf.', 'Give a reason of at least 8 letters.'),
      )
    await transaction(door.db, async client => {
      await askSecond(client, door.room.sealing, { ...wish, office: house.office.id, why })
      const entry = { office: house.office.id, actor: member.id, action: 'publish_asked', subject, why }
      await note(client, door.room.sealing, entry, door.now())
    })
    return goTo(seat, `/surveys/${instrument.survey}?period=${period.id}&done=asked`)
  }
  const figures = await reading(door.db, on => figuresOf(on, { office: house.office, instrument, period }))
  try {
    await publishFigures(door.db, figures, {
      by: member.name,
      at: door.now(),
      zone: house.office.zone,
      running,
      example: instrument.example,
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return surveyPage(
      seat,
      t(
        'Tidak dipublikasikan: masih contoh, terlalu sedikit responden, atau selisihnya dengan hasil yang sudah dipublikasikan terlalu kecil. Pilih periode yang lebih panjang.',
        `Not published. ${error.message}`,
      ),
    )
  }
  return done(seat, asked, 'survey_published', () => Promise.resolve())
}
