import type { Option } from '../../../src/channels/channel.ts'
import { whatsappCounts } from '../../../src/channels/whatsapp/counts.ts'
import { whatsappChannel } from '../../../src/channels/whatsapp/whatsapp-channel.ts'
import { createCounters } from '../../../src/lib/counters.ts'
import { openBody } from '../../../src/outbox/claimed-row.ts'
import { isAway } from '../../../src/records/away.ts'
import { askFor, sessionOf } from '../../../src/records/whatsapp-session.ts'
import { whatsappRecords } from '../../../src/whatsapp-ports.ts'
import { houses } from '../../helpers/line.ts'
import { startFakeWhatsApp } from '../../helpers/whatsapp/fake-whatsapp.ts'
import type { OfficeNumber } from '../../helpers/whatsapp/number.ts'
import type { Speaker } from '../../helpers/whatsapp/speaker.ts'
import { fileAs } from '../dialogues/every-dialogue.ts'
import { OFFICES, type Said, type Scene, type SceneParts } from '../dialogues/theatre.ts'
import { eventually, TIMES } from './fixture.ts'
import { placeOf } from './place.ts'

/** A WhatsApp with a number for each office, linked to a worker of its own. */
export async function whatsappScene(parts: SceneParts): Promise<Scene> {
  const { db, sealing, at, files, quota, log } = parts
  const whatsapp = await startFakeWhatsApp({ now: () => at.getTime(), numbers: OFFICES })
  const channel = whatsappChannel({
    offices: OFFICES,
    ...whatsappRecords({ ...parts, officeOf: id => houses.houses.get(id)?.office }),
    files,
    quota,
    // Transcripts begin with whoever they like.
    firstPerDay: () => 1_000,
    away: isAway,
    log,
    counters: createCounters(whatsappCounts),
    mediaRoot: `https://${whatsapp.world.mediaHost}`,
    worker: placeOf(whatsapp),
    times: TIMES,
    now: () => at,
  })

  async function link(office: string, number: OfficeNumber): Promise<void> {
    await askFor(db.pool, sealing, office, { by: 'qr' })
    const qr = await eventually(async () => (await sessionOf(db.pool, sealing, office))?.shown?.text)
    if (!number.scans(qr)) throw new Error(`The number of ${office} could not be linked.`)
    await eventually(() => channel.holds(office))
  }

  /** The choices of a message of ours, by what WhatsApp calls it. */
  async function optionsOf(ref: string): Promise<Option[]> {
    const { rows } = await db.pool.query(
      `select o.key, o.sealed, o.conversation_id, c.wrapped_key
       from outbox o join conversations c on c.id = o.conversation_id where o.ref = $1`,
      [ref],
    )
    const [row] = rows
    if (row === undefined) return []
    const key = sealing.unwrap(row.wrapped_key, `conversations.${row.conversation_id}`)
    return openBody(sealing, key, row).options ?? []
  }

  /** Answers the newest message that shows this choice with its number. */
  async function press(here: Speaker, number: OfficeNumber, option: string): Promise<void> {
    for (const shown of here
      .messages()
      .filter(({ by }) => by === number.account)
      .reverse()) {
      const place = (await optionsOf(shown.id)).findIndex(({ id }) => id === option)
      if (place >= 0) return void here.quotes(shown, `${place + 1}`)
    }
    throw new Error(`Nobody was offered ${option}.`)
  }

  return {
    channel,
    async opened() {
      await Promise.all(whatsapp.numbers.map((number, n) => link(OFFICES[n] ?? '', number)))
    },
    actor(office) {
      const person = whatsapp.citizen('Warga')
      const number = whatsapp.numbers[OFFICES.indexOf(office)] ?? whatsapp.number
      const here = person.in(number)
      return {
        address: person.lid,
        does: said =>
          typeof said === 'object' && 'press' in said
            ? void press(here, number, said.press).catch(problem => whatsapp.world.failures.push(problem))
            : speak(here, said),
        hears: () =>
          here
            .messages()
            .filter(({ by }) => by === number.account)
            .map(({ text }) => text),
      }
    },
    get violations() {
      return whatsapp.problems
    },
    async close() {
      await channel.stop()
      await whatsapp.close()
    },
  }
}

function speak(here: Speaker, said: Exclude<Said, { press: string }>): void {
  if (typeof said === 'string') here.says(said)
  else if ('photo' in said) here.sendsPhoto(fileAs('photo', said.photo))
  else if ('document' in said) here.sendsDocument(fileAs('document', said.document), { name: said.document })
  else if ('voice' in said) here.sendsVoice(fileAs('voice', said.voice))
  else here.sendsLocation(said.location.latitude, said.location.longitude)
}
