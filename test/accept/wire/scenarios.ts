import type { InboundMessage } from '../../../src/channels/channel.ts'
import type { Lane } from './lane.ts'

/** What is done while the wire is watched. `prepare` runs before, unwatched; `act` is what may meet the cut. */
export type Scenario = {
  name: string
  prepare(lane: Lane, who: string): Promise<void>
  act(lane: Lane, who: string): Promise<boolean>
  /** How many messages this citizen sent, and what came of them when all went well. */
  expects: { messages: number; tickets: number; answers: number }
}

const FILING = [
  'pengaduan',
  'layanan',
  'terbuka',
  'Antrean loket lama sekali, tiga jam belum dipanggil',
  'kemarin',
  'Loket 3',
  'lewati',
  'lewati',
  'Nama Contoh',
]

/** A key of its own for each message: who, and which one of theirs. */
function fromCitizen(who: string, n: number, text: string): InboundMessage {
  return {
    office: 'medan',
    channel: 'telegram',
    address: who,
    externalId: `${who}:${n}`,
    from: { is: 'citizen' },
    kind: 'text',
    text,
    sentAt: new Date(),
  }
}

async function tell(lane: Lane, who: string, texts: string[]): Promise<void> {
  for (const [n, text] of texts.entries()) {
    if (!(await lane.deliver(fromCitizen(who, n, text)))) throw new Error('Preparing failed.')
  }
  if (!(await lane.quiet())) throw new Error('Preparing did not come to rest.')
}

export const scenarios: Scenario[] = [
  {
    name: 'first message, on new connections',
    prepare: async lane => lane.proxy.dropAll(),
    act: (lane, who) => lane.deliver(fromCitizen(who, 0, 'menu')),
    expects: { messages: 1, tickets: 0, answers: 0 },
  },
  {
    name: 'filing',
    prepare: (lane, who) => tell(lane, who, FILING),
    act: (lane, who) => lane.deliver(fromCitizen(who, FILING.length, 'kirim')),
    expects: { messages: FILING.length + 1, tickets: 1, answers: 0 },
  },
  {
    name: 'staff reply',
    prepare: (lane, who) => tell(lane, who, [...FILING, 'kirim']),
    act: (lane, who) =>
      lane.deliver({
        ...fromCitizen(`desk:general`, 0, `balas ${codeFor(lane, who)} Sudah kami tangani.`),
        channel: 'web',
        externalId: `desk:${who}`,
        from: { is: 'desk', desk: 'general', staff: 'Petugas Contoh' },
      }),
    expects: { messages: FILING.length + 1, tickets: 1, answers: 1 },
  },
  {
    name: 'delivery',
    async prepare(lane, who) {
      lane.unreachable = true
      if (!(await lane.deliver(fromCitizen(who, 0, 'bantuan')))) throw new Error('Preparing failed.')
    },
    async act(lane) {
      lane.unreachable = false
      lane.line.delivery.wake()
      return true
    },
    expects: { messages: 1, tickets: 0, answers: 0 },
  },
]

/** The code this citizen was told. */
export function codeFor(lane: Lane, who: string): string | undefined {
  const told = lane.sent
    .filter(({ address }) => address === who)
    .map(({ text }) => /Kode: \*(\S+)\*/.exec(text)?.[1])
  return told.find(code => code !== undefined)
}
