import { actions } from '../../src/actions/actions.ts'
import { cardFacts } from '../../src/actions/card-facts.ts'
import { ticketsById } from '../../src/records/tickets.ts'
import { type Check, progress, size } from './check.ts'
import { file } from './harness/filing.ts'
import { type Canary, CLASSES, canaryOf, seenIn } from './harness/group-canaries.ts'
import { type Server, startServer } from './harness/server.ts'
import { openTelegramHouse } from './harness/telegram-house.ts'

const QUIET_MS = 120_000
/** Reports written side by side. */
const AT_ONCE = 20

/**
 * Guarantee T8: `--tickets` reports of each class, full of canaries, are filed, added to, looked at and worked on. In everything
 * Telegram was given for a general group, words, titles, buttons and file names, there is no name, number or identity, and
 * of restricted reports nothing at all, not even a code; at the restricted desk no identity either. The control is a card
 * that shows everything, and must be caught.
 */
export const check: Check = {
  async run(flags) {
    const tickets = size(flags, 'tickets', 200)
    const server = await startServer()
    try {
      const control = await withPlainCards(() => content(server, 'content_control', 4))
      progress(`control: ${JSON.stringify(control)}`)
      const ran = await content(server, 'content', tickets)
      const none = ran.identities + ran.restricted + ran.restrictedCodes + ran.unmasked + ran.violations
      return {
        totals: { ...ran, controlIdentities: control.identities, controlUnmasked: control.unmasked },
        ok:
          none === 0 &&
          ran.tickets === tickets * CLASSES.length &&
          ran.openShown === tickets &&
          control.identities > 0 &&
          control.unmasked > 0,
      }
    } finally {
      await server.stop()
    }
  },
}

async function content(server: Server, name: string, tickets: number) {
  const house = await openTelegramHouse(server, name, { hasty: true })
  const { telegram, web } = house
  try {
    const general = await house.deskGroup('general', 'forum')
    const secret = await house.deskGroup('pengawasan')
    const rina = telegram.user('Rina')
    for (const group of [general, secret]) group.adds(rina)
    await house.listed('Rina Contoh', rina.id, { desks: ['general', 'pengawasan'] })
    const filed: Canary[] = []
    const wanted = CLASSES.flatMap(kind =>
      Array.from({ length: tickets }, (_, n) => canaryOf(kind, n)),
    ).values()
    const writer = async () => {
      for (const canary of wanted) filed.push({ ...canary, code: await file(web, canary.who, canary.report) })
    }
    await Promise.all(Array.from({ length: AT_ONCE }, writer))
    await house.quiet(QUIET_MS)

    // Staff of the general group do what they can with every report, and the citizens of open ones go on.
    for (const [n, { code, kind, who, addition }] of filed.entries()) {
      for (const words of [`lihat ${code}`, `siapa ${code}`]) rina.in(general).says(words)
      if (kind !== 'open') rina.in(secret).says(`lihat ${code}`)
      else if (n % 4 === 0) {
        rina.in(general).says(`ambil ${code}`)
        rina.in(general).says(`minta data ${code} Sejak kapan?`)
        await house.quiet(QUIET_MS)
        await web.say(who, addition)
      }
    }
    await house.quiet(QUIET_MS)
    const seen = (chat: number) => telegram.calls.filter(({ fields }) => fields.chat_id === chat)
    const inGeneral = seenIn(seen(general.id), filed)
    const inSecret = seenIn(seen(secret.id), filed)
    return {
      tickets: filed.length,
      calls: seen(general.id).length + seen(secret.id).length,
      openShown: inGeneral.openShown,
      identities: inGeneral.identities + inSecret.identities,
      unmasked: inGeneral.unmasked + inSecret.unmasked,
      restricted: inGeneral.restricted,
      restrictedCodes: inGeneral.restrictedCodes,
      restrictedShownAtTheirDesk: inSecret.restrictedShown,
      violations: telegram.violations.length,
    }
  } finally {
    await house.stop()
  }
}

/** What one would write first: the card shows what was answered. */
async function withPlainCards<T>(run: () => Promise<T>): Promise<T> {
  const table = actions as Record<string, (typeof actions)[string]>
  const honest = table.show_card
  if (honest === undefined) throw new Error('There is no show_card to replace.')
  table.show_card = async (room, requests) => {
    const tickets = await ticketsById(
      room.client,
      requests.flatMap(({ with: asked }) => asked.ticketId ?? []),
    )
    return requests.map(({ with: asked }) => {
      const ticket = tickets.get(asked.ticketId ?? '')
      if (ticket === undefined) return { result: {} }
      const { fields } = cardFacts(room, ticket)
      return { result: { text: `${ticket.code}\n${Object.values(fields).join('\n')}` } }
    })
  }
  try {
    return await run()
  } finally {
    table.show_card = honest
  }
}
