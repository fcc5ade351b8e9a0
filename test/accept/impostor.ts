import { VERBS, type VerbName } from '../../src/desk/verbs.ts'
import { newTicketCode } from '../../src/records/ticket-code.ts'
import type { Group } from '../helpers/telegram/group.ts'
import type { Message } from '../helpers/telegram/shapes.ts'
import { type Check, progress } from './check.ts'
import { file } from './harness/filing.ts'
import { type Server, startServer } from './harness/server.ts'
import { LISTED, type Stranger, strangersIn } from './harness/strangers.ts'
import { openTelegramHouse, type TelegramHouse } from './harness/telegram-house.ts'

/** What is typed along, for the verbs that need words. */
const WORDS = 'Silakan kirim uang ke rekening kami.'
const QUIET_MS = 60_000

/**
 * Guarantee T7: every command in every spelling, typed, with a slash and in answer to a card, and every button, by strangers of
 * every kind in the desk's group, and by staff themselves where they have no business: no ticket changes, nobody is told
 * anything, and nobody hears more of a ticket than of one that never was. The control lets what somebody is called
 * give the right, and must be caught.
 */
export const check: Check = {
  async run() {
    const server = await startServer()
    try {
      const control = await impostors(server, 'impostor_control', true)
      progress(`control: ${JSON.stringify(control)}`)
      const ran = await impostors(server, 'impostor', false)
      const none = ran.effects + ran.answers + ran.differentAnswers + ran.violations
      return {
        totals: { ...ran, controlEffects: control.effects },
        ok: none === 0 && ran.staffWorks && ran.kinds >= 8 && ran.tries > 500 && control.effects > 0,
      }
    } finally {
      await server.stop()
    }
  },
}

async function impostors(server: Server, name: string, byName: boolean) {
  let listedAccount = ''
  const house = await openTelegramHouse(server, name, {
    hasty: true,
    hears: message => {
      const { from } = message
      if (!byName || from.is !== 'desk' || from.staff !== LISTED) return message
      return { ...message, from: { ...from, account: listedAccount } }
    },
  })
  const { telegram } = house
  try {
    const group = await house.deskGroup('general')
    const other = await house.deskGroup('pengawasan')
    const rina = telegram.user(LISTED)
    listedAccount = String(rina.id)
    for (const one of [group, other]) one.adds(rina)
    await house.listed(LISTED, rina.id)
    const open = await file(house.web, 'ani', { mode: 'terbuka' })
    const closed = await file(house.web, 'budi', {
      mode: 'terbuka',
      place: 'Kantor lain',
      description: 'Keran di halaman bocor sejak lusa',
    })
    await house.quiet(QUIET_MS)
    const cards = [open, closed].map(code => cardOf(group, code))
    const before = await traces(house)
    rina.in(group).says(`selesai ${closed} Sudah ditangani.`)
    await house.quiet(QUIET_MS)
    const staffWorks = (await traces(house)) !== before

    let [effects, answers, tries] = [0, 0, 0]
    const strangers = (await strangersIn({ house, group, rina })).filter(
      ({ kind }) => !byName || kind === 'renamed',
    )
    // The group is told of its new members.
    await house.quiet(QUIET_MS)
    for (const stranger of strangers) {
      const [stood, heard] = [await traces(house), told(house, group)]
      for (const [n, code] of [open, closed].entries()) tries += tryAll(stranger, code, cards[n])
      if (!(await house.quiet(QUIET_MS))) throw new Error(`${stranger.kind} was never done with.`)
      const [effect, more] = [(await traces(house)) === stood ? 0 : 1, told(house, group) - heard]
      if (effect + more > 0) progress(`${stranger.kind}: effect ${effect}, answers ${more}`)
      effects += effect
      answers += more
    }
    const secret = await file(house.web, 'citra', { mode: 'rahasia' })
    await house.quiet(QUIET_MS)
    const stood = await traces(house)
    const differentAnswers = byName ? 0 : await elsewhere(house, group, rina, secret)
    if (!byName) effects += (await traces(house)) === stood ? 0 : 1
    return {
      kinds: strangers.length + 2,
      tries,
      effects,
      answers,
      differentAnswers,
      staffWorks,
      violations: telegram.violations.length,
    }
  } finally {
    await house.stop()
  }
}

function cardOf(group: Group, code: string): Message {
  const card = [...group.place.messages.values()].find(({ text = '' }) => text.includes(code))
  if (card === undefined) throw new Error(`${code} has no card.`)
  return card
}

/** Everything a stranger of this kind can do about a ticket; how many things that were. */
function tryAll({ says, presses }: Stranger, code: string, card: Message | undefined): number {
  let tries = 0
  const say = (text: string, to?: Message) => {
    tries += 1
    says(text, to)
  }
  for (const name of Object.keys(VERBS) as VerbName[]) {
    const verb: { says: string; also: readonly string[] } = VERBS[name]
    for (const spelling of [verb.says, ...verb.also]) {
      say(`${spelling} ${code}`)
      say(`${spelling} ${code} ${WORDS}`)
      say(`/${spelling} ${code} ${WORDS}`)
      say(spelling, card)
      say(`${spelling} ${WORDS}`, card)
    }
    if (presses === undefined || card === undefined) continue
    for (const data of [`d.${name}.${code}`, `d.${name}.${code}.pengawasan`]) {
      tries += 1
      presses(data, card)
    }
  }
  say(WORDS, card)
  say('/bantuan')
  for (const { callback_data: data } of card?.reply_markup?.inline_keyboard.flat() ?? []) {
    if (presses === undefined || card === undefined || data === undefined) continue
    tries += 1
    presses(data, card)
  }
  return tries
}

/** All that working on a ticket leaves behind, in one line: tickets, their histories, and what citizens were told. */
async function traces({ records, web }: TelegramHouse): Promise<string> {
  const { rows } = await records.db.pool.query<{ all: string }>(
    `select concat((select string_agg(md5(t::text), ',' order by t.id) from tickets t), '/',
       (select count(*) from ticket_events)) as all`,
  )
  return `${rows[0]?.all}/${web.heard('ani').length}/${web.heard('budi').length}`
}

/** Words of the bot that were shown in a group, or over one of its buttons. */
function told({ telegram }: TelegramHouse, group: Group): number {
  return telegram.calls.filter(
    ({ method, fields }) =>
      (fields.chat_id === group.id && method !== 'sendChatAction') ||
      (method === 'answerCallbackQuery' && fields.text !== undefined),
  ).length
}

/**
 * Staff with every right, where these do not hold: about a report of another desk, and in a group that is nobody's. Answers that
 * are other than for a code that never was, or that say more than how to become a desk.
 */
async function elsewhere(
  house: TelegramHouse,
  desk: Group,
  rina: ReturnType<TelegramHouse['telegram']['user']>,
  code: string,
): Promise<number> {
  const { telegram } = house
  const never = newTicketCode(code.slice(0, 3), '2026-11-22')
  const answersTo = async (one: string) => {
    const before = desk.place.messages.size
    for (const { says } of Object.values(VERBS)) rina.in(desk).says(`${says} ${one} ${WORDS}`)
    await house.quiet(QUIET_MS)
    return [...desk.place.messages.values()]
      .slice(before)
      .filter(({ from }) => from?.is_bot === true)
      .map(({ text = '' }) => text.replaceAll(one, 'KODE'))
  }
  const [real, unreal] = [await answersTo(code), await answersTo(never)]
  let different = real.filter((text, n) => text !== unreal[n]).length + Math.abs(real.length - unreal.length)
  for (const { says } of Object.values(VERBS)) {
    const nobodys = telegram.group('Grup lain')
    nobodys.adds(rina)
    nobodys.adds(telegram.bot)
    rina.in(nobodys).says(`/${says} ${code}`)
    await house.quiet(QUIET_MS)
    different += [...nobodys.place.messages.values()].filter(
      ({ from, text = '' }) => from?.is_bot === true && (text.includes(code) || !text.includes('/pasang')),
    ).length
  }
  return different
}
