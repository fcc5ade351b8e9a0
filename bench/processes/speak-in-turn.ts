import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { p95 } from '../volume/p95.ts'

/** A report as a citizen types it who waits for no answer; the limits of the web chat let one address say so much in a minute. */
const SAID = [
  'pengaduan',
  'layanan',
  'Terbuka',
  'Antrean di loket contoh berjam-jam dan nomornya dipanggil tidak berurutan.',
  '21/10/2026',
  'Loket contoh',
  'lewati',
  'lewati',
  'Warga Contoh',
  'kirim',
]

/** `acknowledged` counts those before and after the time as well; `clientCpu` is what asking took, in cores. */
export type Spoken = { turns: number; took: number; p95: number; clientCpu: number; acknowledged: number }

/** Before it is said again where the door could not take it: a busy machine may keep the database from answering in time. */
const AWAY_MS = 200

let addresses = 0

/** `citizens` at once, each with a session of its own and then the next; every request goes to the next of `bases`. */
export async function speakInTurn(
  bases: string[],
  { office, citizens, seconds }: { office: string; citizens: number; seconds: number },
): Promise<Spoken> {
  const agent = new Agent({ keepAlive: true, maxSockets: citizens })
  const times: number[] = []
  let acknowledged = 0
  let asked = 0
  const post = (path: string, body: object, from: string): Promise<string> => {
    asked += 1
    return ask(agent, `${bases[asked % bases.length]}/chat/${office}/${path}`, body, from)
  }
  const cpu = process.cpuUsage()
  const began = performance.now()
  const until = began + seconds * 1000
  const citizen = async () => {
    while (performance.now() < until) {
      addresses += 1
      const from = `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`
      const { session } = JSON.parse(await post('sessions', {}, from)) as { session: string }
      for (const [n, text] of SAID.entries()) {
        const sent = performance.now()
        await post('messages', { session, id: `m${n}`, text }, from)
        acknowledged += 1
        if (performance.now() >= until) break
        times.push(performance.now() - sent)
      }
    }
  }
  await Promise.all(Array.from({ length: citizens }, citizen))
  const took = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(cpu)
  agent.destroy()
  return { turns: times.length, took, p95: p95(times), clientCpu: (user + system) / 1e6 / took, acknowledged }
}

function ask(agent: Agent, url: string, body: object, from: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const text = JSON.stringify(body)
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(text),
      'X-Forwarded-For': from,
    }
    const asking = request(url, { method: 'POST', agent, headers }, answer => {
      let heard = ''
      answer.setEncoding('utf8')
      answer.on('data', part => {
        heard += part
      })
      answer.on('end', () => {
        if (answer.statusCode === 200 || answer.statusCode === 201) resolve(heard)
        else if (answer.statusCode === 503) resolve(pause(AWAY_MS).then(() => ask(agent, url, body, from)))
        else reject(new Error(`${answer.statusCode}: ${heard}`))
      })
    })
    asking.on('error', (error: NodeJS.ErrnoException) => {
      // It was closed for being idle while we asked; a message has its own id, and a repeat falls away.
      if (asking.reusedSocket && error.code === 'ECONNRESET') resolve(ask(agent, url, body, from))
      else reject(error)
    })
    asking.end(text)
  })
}
