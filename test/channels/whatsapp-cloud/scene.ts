import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { whatsappCloudCounts } from '../../../src/channels/whatsapp-cloud/counts.ts'
import { namesOf } from '../../../src/channels/whatsapp-cloud/identity.ts'
import { whatsappCloudChannel } from '../../../src/channels/whatsapp-cloud/whatsapp-cloud-channel.ts'
import { createCounters } from '../../../src/lib/counters.ts'
import { isAway } from '../../../src/records/away.ts'
import { keepOption, optionOf } from '../../../src/records/long-options.ts'
import { aliasRecords } from '../../../src/records/whatsapp-aliases.ts'
import type { Citizen } from '../../helpers/whatsapp-cloud/citizen.ts'
import { startFakeGraph } from '../../helpers/whatsapp-cloud/fake-graph.ts'
import type { Message } from '../../helpers/whatsapp-cloud/shapes.ts'
import { fileAs } from '../dialogues/every-dialogue.ts'
import { OFFICES, type Said, type Scene, type SceneParts } from '../dialogues/theatre.ts'
import { FAST } from './fixture.ts'

/** Posts side by side; what one citizen says is said one after another all the same. */
const CONNECTIONS = 10

/** A Graph API with a number for each office. What becomes of messages is not told: no transcript knows of it. */
export async function cloudScene({ db, sealing, at, files, quota, log }: SceneParts): Promise<Scene> {
  const graph = await startFakeGraph({
    now: () => at.getTime(),
    secondMs: 20,
    statuses: [],
    businesses: OFFICES.map(name => ({ name })),
  })
  const channel = whatsappCloudChannel({
    numbers: graph.businesses.map(({ name, token, phoneId, secret, verifyToken }) => ({
      office: name,
      token,
      phone: phoneId,
      secret,
      verify: verifyToken,
    })),
    apiRoot: graph.url,
    files,
    quota,
    aliases: aliasRecords({ channel: 'whatsapp-cloud', db, sealing }),
    longOptions: {
      keep: (office, token, option) => keepOption(db.pool, office, token, option),
      of: (office, token) => optionOf(db.pool, office, token),
    },
    // The records' clock is not the one that stands still.
    lastHeard: async () => at,
    away: isAway,
    log,
    counters: createCounters(whatsappCloudCounts),
    times: FAST,
    now: () => at,
  })
  const server = serve({ fetch: channel.routes.fetch, port: 0, hostname: '127.0.0.1' })
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    channel,
    async opened() {
      for (const business of graph.businesses)
        await business.listens(`${url}/whatsapp/${business.name}`, { connections: CONNECTIONS })
    },
    actor(office) {
      const person = graph.user('Warga')
      const here = person.in(graph.businesses[OFFICES.indexOf(office)] ?? graph.business)
      // Without having written once, nobody may be written to.
      here.chat.lastInboundAt = at.getTime()
      return {
        address: namesOf({ scoped: person.userId, phone: person.phone })[0] ?? '',
        does: said => speak(here, said),
        hears: () =>
          here
            .messages()
            .filter(({ from }) => from === 'business')
            .map(wordsOf),
      }
    },
    violations: graph.violations,
    async close() {
      server.close()
      await graph.close()
    },
  }
}

function speak(here: Citizen, said: Said): void {
  if (typeof said === 'string') here.says(said)
  else if ('photo' in said) here.sendsPhoto(fileAs('photo', said.photo))
  else if ('document' in said)
    here.sendsDocument(fileAs('document', said.document), { fileName: said.document })
  else if ('voice' in said) here.sendsVoice(fileAs('voice', said.voice))
  else if ('location' in said) here.sendsLocation(said.location.latitude, said.location.longitude)
  else press(here, `o:${said.press}`)
}

/** Chooses the newest of this option; one that is nowhere to be seen stood on a message long gone. */
function press(here: Citizen, id: string): void {
  const ours = here.messages().filter(({ from }) => from === 'business')
  const last = ours.at(-1)
  if (ours.some(({ choices }) => choices.some(choice => choice.id === id))) here.chooses(id)
  else if (last !== undefined) here.forges(id, '…', last)
}

/** A message as the transcripts write it: a label too long for a row stands below it whole. */
function wordsOf({ text, choices }: Message): string {
  const labels = choices.map(({ title, description }) =>
    title.endsWith('…') ? (description ?? title) : title,
  )
  return [text, ...labels].join('\n')
}
