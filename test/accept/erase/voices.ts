import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type FakeTelegram, startFakeTelegram } from '../../helpers/telegram/fake.ts'
import type { FakeWhatsApp } from '../../helpers/whatsapp/fake-whatsapp.ts'
import { startFakeGraph } from '../../helpers/whatsapp-cloud/fake-graph.ts'
import { citizen } from '../canary/chat.ts'
import { cloudEnv } from '../harness/cloud-env.ts'
import { linkedEnv, startTrustedWhatsApp } from '../harness/linked-balai.ts'

type Graph = Awaited<ReturnType<typeof startFakeGraph>>

/** One citizen on one channel of the real program. */
export type Voice = {
  office: string
  /** Names the platform knows them by, as our records do. */
  names: (string | Buffer)[]
  say(text: string): unknown
  sends(file: Blob, name: string): unknown
  /** A picture as phones send one. */
  shows(photo: Blob, caption: string): unknown
  /** What the platform calls what they said and sent: messages, and files where those have a name of their own. */
  marks(): string[]
  /** All they were told, oldest first. */
  told(): Promise<string[]>
  /** Where last words are forgotten once they were fetched: waits until they are. */
  emptied?(): Promise<void>
}

/** The platforms around the program, and how somebody gets a voice on each. */
export type Around = {
  env: Record<string, string>
  /** The linked number's WhatsApp, which a person must link; the other's webhook, to be opened when the program is up. */
  whatsapp: FakeWhatsApp
  opened(url: string): Promise<void>
  voices: Record<string, (called: string) => Promise<Voice>>
  close(): Promise<void>
}

/** Web, Telegram and a linked number at Medan, the Cloud API at Lhokseumawe: an office has one WhatsApp. */
export async function openAround(keyFile: string): Promise<Around> {
  const telegram = await startFakeTelegram({ secondMs: 100 })
  const graph = await startFakeGraph({ secondMs: 100 })
  const whatsapp = await startTrustedWhatsApp()
  const linked = linkedEnv(whatsapp, keyFile)
  let url = ''
  return {
    env: {
      OFFICES: 'medan,lhokseumawe',
      TELEGRAM_API_ROOT: telegram.url,
      TELEGRAM_MEDAN: 'poll',
      TELEGRAM_TOKEN_MEDAN: telegram.bot.token,
      ...linked,
      // Its files are fetched by the program itself.
      NODE_OPTIONS: `--import ${linked.WHATSAPP_WORKER_IMPORT}`,
      ...cloudEnv('lhokseumawe', graph.url, graph.business),
    },
    whatsapp,
    async opened(at) {
      url = at
      await graph.business.listens(`${at}/whatsapp/lhokseumawe`)
    },
    voices: {
      web: called => onWeb(url, called),
      telegram: async called => onTelegram(telegram, called),
      linked: async called => onLinked(whatsapp, called),
      cloud: async called => onCloud(graph, called),
    },
    async close() {
      await telegram.close()
      await graph.close()
      await whatsapp.close()
    },
  }
}

const EMPTIED_MS = 60_000

/** Waits for something said to this citizen after the first `after` that matches; throws with what was said last. */
export async function heard(
  voice: Voice,
  after: number,
  expects: RegExp,
  patienceMs = 300_000,
): Promise<string> {
  for (const until = performance.now() + patienceMs; performance.now() < until; ) {
    const found = (await voice.told()).slice(after).find(text => expects.test(text))
    if (found !== undefined) return found
    await pause(100)
  }
  throw new Error(`Nobody said ${expects}. Last said: ${(await voice.told()).at(-1)}`)
}

async function onWeb(url: string, called: string): Promise<Voice> {
  const chat = await citizen(url, { idPrefix: called })
  const secret = Buffer.from(chat.session, 'base64url')
  async function told() {
    const lines = await chat.read()
    // Read on after the last line: the page says by it that it has everything.
    await chat.read(lines.at(-1)?.seq ?? 0)
    return lines.filter(({ from }) => from !== 'citizen').map(({ text }) => text)
  }
  return {
    office: 'medan',
    names: [chat.session, secret.subarray(0, 16).toString('base64url')],
    say: text => chat.say(text),
    sends: (file, name) => chat.send(file, name),
    shows: (photo, caption) => chat.send(photo, 'foto.jpg', caption),
    marks: () => [],
    told,
    async emptied() {
      for (const until = performance.now() + EMPTIED_MS; performance.now() < until; await pause(100))
        if ((await told()).length === 0) return
      throw new Error('A page still shows its last words.')
    },
  }
}

function onTelegram(telegram: FakeTelegram, called: string): Voice {
  const id = randomInt(10 ** 13, 10 ** 14)
  const username = `warga_${id.toString(36)}`
  const person = telegram.user(called, { id, username })
  const files = new Set<string>()
  return {
    office: 'medan',
    names: [String(person.id), username],
    say: text => person.says(text),
    sends: async (file, name) => person.sendsDocument(await bytesOf(file), { file_name: name }),
    async shows(photo, caption) {
      const { photo: sizes = [] } = person.sendsPhoto(await bytesOf(photo), { caption })
      for (const { file_id, file_unique_id } of sizes) files.add(file_id).add(file_unique_id)
    },
    // Its messages are counted from one: too short to be looked for.
    marks: () => [...files],
    told: async () =>
      person
        .messages()
        .filter(({ from }) => from?.is_bot === true)
        .map(({ text = '' }) => text),
  }
}

function onLinked(whatsapp: FakeWhatsApp, called: string): Voice {
  const person = whatsapp.citizen(called)
  return {
    office: 'medan',
    names: [bare(person.lid), bare(person.pn)],
    say: text => person.says(text),
    sends: async (file, name) => person.sendsDocument(await bytesOf(file), { name }),
    shows: async (photo, caption) => person.sendsPhoto(await bytesOf(photo), { caption }),
    marks: () =>
      person
        .messages()
        .filter(({ by }) => by === person.account)
        .flatMap(({ id, content }) => [id, content.imageMessage?.directPath ?? id]),
    told: async () =>
      person
        .messages()
        .filter(({ by }) => by === whatsapp.number.account)
        .map(({ text }) => text),
  }
}

function onCloud(graph: Graph, called: string): Voice {
  const person = graph.user(called)
  return {
    office: 'lhokseumawe',
    names: [person.phone, person.userId],
    say: text => person.says(text),
    sends: async (file, name) => person.sendsDocument(await bytesOf(file), { fileName: name }),
    shows: async (photo, caption) => person.sendsPhoto(await bytesOf(photo), { caption }),
    marks: () =>
      [...person.chat.messages.values()]
        .filter(({ from }) => from === 'citizen')
        .flatMap(({ id, media = id }) => [id, media]),
    told: async () =>
      [...person.chat.messages.values()].filter(({ from }) => from === 'business').map(({ text }) => text),
  }
}

const bytesOf = async (file: Blob) => new Uint8Array(await file.arrayBuffer())
const bare = (jid: string) => jid.replace(/[:@].*$/, '')
