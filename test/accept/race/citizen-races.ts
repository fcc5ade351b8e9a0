import { randomUUID } from 'node:crypto'
import type { Request } from '../../../src/actions/action.ts'
import { issueLink, useLink } from '../../../src/actions/link-chats.ts'
import { registerInterest } from '../../../src/actions/register-interest.ts'
import { pairGroup } from '../../../src/desk/groups.ts'
import { transaction } from '../../../src/records/db.ts'
import { issueCode } from '../../../src/records/single-use.ts'
import { pinOf } from '../../../src/records/ticket-code.ts'
import { anAgendaItem, putAll } from '../../helpers/listings.ts'
import { type Field, failures, type Race } from './field.ts'
import { allAtOnce, times } from './served.ts'

const OFFICE = 'lhokseumawe'
/** Wrong PINs before a report is shut to strangers. */
const PIN_TRIES = 5

/** What citizens hold in their hand: a PIN, a code for another chat, the last place. */
export const CITIZEN_RACES: Record<string, Race> = {
  async pin({ pages, served, atOnce, count }) {
    const [code = ''] = await pages.files([{ description: 'Sampah menumpuk di pasar' }])
    const { rows } = await pages.db.pool.query<{ id: string }>('select id from tickets where code = $1', [
      code,
    ])
    const right = pinOf(pages.room.pinKey, rows[0]?.id ?? '')
    const guesses = times(atOnce).map(n => String((Number(right) + n + 1) % 1_000_000).padStart(6, '0'))
    const answers = await allAtOnce(guesses, pin => served.post(`/${OFFICE}/status`, { code, pin }))
    const texts = await Promise.all(answers.map(answer => answer.text()))
    const looked = texts.filter(text => text.includes('tidak cocok')).length
    const late = await served.post(`/${OFFICE}/status`, { code, pin: right })
    const isShut = (await late.text()).includes('terkunci 24 jam')
    const locked = await count('select count(*) from tickets where code = $1 and pin_locked_until > now()', [
      code,
    ])
    return { won: isShut && locked === 1 ? looked : atOnce, may: PIN_TRIES, failed: failures(answers) }
  },

  async chatCode(field) {
    const first = await chat(field)
    const code = await transaction(field.pages.db, async client => {
      const [outcome] = await issueLink({ ...field.pages.room, client }, [asks(first, {})])
      return outcome !== undefined && 'result' in outcome ? String(outcome.result.code) : ''
    })
    const others = await Promise.all(times(field.atOnce).map(() => chat(field)))
    await allAtOnce(others, other =>
      transaction(field.pages.db, client =>
        useLink({ ...field.pages.room, client }, [asks(other, { code })]),
      ),
    )
    return {
      won: await field.count('select count(*) from linked_chats where other_id = $1', [first]),
      failed: 0,
    }
  },

  async groupWord({ pages, records, atOnce }) {
    const word = await issueCode(
      pages.db.pool,
      records.sealing,
      { office: OFFICE, opens: 'group', whose: 'general' },
      1,
    )
    const paired = await allAtOnce(times(atOnce), n =>
      transaction(pages.db, client =>
        pairGroup(
          client,
          records.sealing,
          { office: OFFICE, channel: 'telegram', address: `-100${n}`, forum: false },
          word,
        ),
      ),
    )
    return { won: paired.filter(one => one !== undefined).length, failed: 0 }
  },

  async lastPlace(field) {
    const { pages, atOnce, count } = field
    await putAll(pages.db, 'agenda', [anAgendaItem({ id: 'pelatihan', places: 1 })])
    const chats = await Promise.all(times(atOnce).map(() => chat(field)))
    await allAtOnce(chats, one =>
      transaction(pages.db, client =>
        registerInterest({ ...pages.room, client, vacancies: { ...pages.room.vacancies, examples: true } }, [
          asks(one, { item: 'pelatihan', given: '' }, new Date('2026-11-22T03:00:00Z')),
        ]),
      ),
    )
    const confirmed = await count(
      `select count(*) from registrations where agenda = 'pelatihan' and status = 'confirmed'`,
    )
    const all = await count(`select count(distinct number) from registrations where agenda = 'pelatihan'`)
    return { won: all === atOnce ? confirmed : all, failed: 0 }
  },
}

function asks(id: string, words: Record<string, string>, at = new Date()): Request {
  return {
    key: randomUUID(),
    office: OFFICE,
    conversation: { id, channel: 'telegram', language: 'id', party: 'citizen', desk: null },
    with: words,
    at,
  }
}

/** A chat nobody has said anything in. */
async function chat({ pages, records: { sealing } }: Field): Promise<string> {
  const id = randomUUID()
  const { key, wrapped } = sealing.newKey(`conversations.${id}`)
  await pages.db.pool.query(
    `insert into conversations (id, office, channel, address_hash, party, address, wrapped_key, state, turn, last_seq, language, updated_at)
     values ($1, $2, 'telegram', $3, 'citizen', $4, $5, $4, 0, 0, 'id', now())`,
    [
      id,
      OFFICE,
      sealing.hash('address', OFFICE, 'telegram', id),
      sealing.seal(key, `conversations.address.${id}`, id),
      wrapped,
    ],
  )
  return id
}
