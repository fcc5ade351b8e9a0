import { Hono } from 'hono'
import { readUpdate } from '../../../src/channels/telegram/read-update.ts'
import { readJson } from '../../../src/channels/web/read-body.ts'
import { readAsked as readLinesAsked } from '../../../src/channels/web/read-lines.ts'
import { tokenIn } from '../../../src/dashboard/cookie.ts'
import { everyWeek, spanOf } from '../../../src/dashboard/figures-span.ts'
import { readForm } from '../../../src/dashboard/read-form.ts'
import { isOurs } from '../../../src/dashboard/same-origin.ts'
import { onlyOwnName } from '../../../src/own-name.ts'
import { otherTongue, tongueOf } from '../../../src/portal/look/tongue.ts'
import { readAsked as readReportsAsked } from '../../../src/portal/open311/read-asked.ts'
import { isOwnForm } from '../../../src/portal/pages/own-form.ts'
import type { Target } from './engine.ts'
import { must, mustBeBounded, mustBeKeepable, mustBeMoment } from './must.ts'

const now = new Date('2026-11-22T02:00:00Z')
const app = new Hono()
app.use('*', onlyOwnName('https://balai.contoh.go.id'))
app.get('/lines', c => c.json(readLinesAsked(c)))
app.get('/tongue', c => c.json([tongueOf(c).language, otherTongue(c, tongueOf(c))]))
app.get('/cookie', c => c.json([tokenIn(c, true) ?? null, tokenIn(c, false) ?? null]))
app.get('/span', c => {
  const office = { id: 'medan', zone: 'Asia/Jakarta', desks: { general: {} } }
  const seat = {
    c,
    house: { office },
    member: { desks: null, duties: ['operator'] },
    door: { now: () => now },
  }
  const span = spanOf(seat as unknown as Parameters<typeof spanOf>[0])
  return c.json([span, everyWeek([], span)])
})
app.get('/ours', c => {
  const own = { publicUrl: undefined, isSecure: false }
  return c.json([
    isOurs(c, own),
    isOwnForm(c, own),
    isOurs(c, { publicUrl: 'https://balai.contoh.go.id', isSecure: true }),
  ])
})
app.onError(error => {
  throw error
})

/** A request as its lines say: path and query, then headers, then an empty line and the body. Undefined where no parser of ours would let it in. */
function requestOf(text: string, path: string, method: 'GET' | 'POST'): Request | undefined {
  const [head = '', ...body] = text.split('\n\n')
  const [query = '', ...lines] = head.split('\n')
  try {
    const headers = new Headers()
    for (const line of lines) {
      const at = line.indexOf(':')
      if (at > 0) headers.append(line.slice(0, at), line.slice(at + 1).trim())
    }
    // The server has counted the bytes itself.
    headers.delete('content-length')
    const sent = method === 'POST' ? { body: Buffer.from(body.join('\n\n'), 'latin1') } : {}
    return new Request(`http://localhost/${path}?${query}`, { method, headers, ...sent })
  } catch {
    return undefined
  }
}

/** Asks one of the readers above, with whatever a stranger's headers hold. */
async function answered(text: string, path: string): Promise<unknown> {
  const request = requestOf(text, path, 'GET')
  if (request === undefined) return undefined
  const answer = await app.request(request)
  must([200, 400, 421].includes(answer.status), `answers ${answer.status}`)
  return answer.json()
}

/** What reads the addresses, headers, cookies and bodies of HTTP. */
export const READ_ASKS: Readonly<Record<string, Target>> = {
  'body of json': {
    seeds: [
      'x\ncontent-type: application/json\n\n{"id":"m","text":"halo"}',
      'x\ncontent-type: application/json; charset=utf-8\ncontent-encoding: identity\n\n{"a":[{}]}',
      'x\ncontent-type: text/plain\n\n{}',
    ],
    async run(text) {
      for (const mayBeEmpty of [true, false]) {
        const request = requestOf(text, 'json', 'POST')
        if (request !== undefined) mustBeBounded(await readJson(request, mayBeEmpty), text)
      }
      const update = requestOf(text, 'update', 'POST')
      if (update !== undefined) mustBeBounded(await readUpdate(update), text)
    },
  },
  'body of a form': {
    seeds: [
      'x\ncontent-type: application/x-www-form-urlencoded\n\nnama=a%20b&desks=x&desks=y',
      'x\ncontent-type: multipart/form-data; boundary=b\n\n--b\r\ncontent-disposition: form-data; name="nama"\r\n\r\nhalo\r\n--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\ncontent-type: text/csv\r\n\r\na,b\r\n--b--\r\n',
    ],
    async run(text) {
      const request = requestOf(text, 'form', 'POST')
      const form = request && (await readForm(request, true))
      if (form === undefined) return
      const read = [form.of('nama'), form.all('desks'), form.file('file')?.size ?? 0]
      mustBeKeepable(read)
      mustBeBounded(read, text, 12)
    },
  },
  'lines asked for': {
    seeds: ['after=3&wait=2.5', 'wait=25', 'after=2147483648\nlast-event-id: 7'],
    async run(text) {
      const asked = (await answered(text, 'lines')) as Partial<ReturnType<typeof readLinesAsked>> | undefined
      if (asked === undefined || 'error' in asked || !('after' in asked)) return
      const { after = -1, wait = -1 } = asked as { after: number; wait: number }
      must(Number.isInteger(after) && after >= 0 && after < 2 ** 31, 'is no number of a line')
      must(wait >= 0 && wait <= 25, 'waits too long')
    },
  },
  'reports asked for': {
    seeds: [
      'service_request_id=MDN-2611-MEVAPZ,MDN-2611-MEVAPX&status=open',
      'start_date=2026-11-22T00:00:00Z&end_date=2026-11-23T00:00:00%2B07:00&service_code=layanan',
    ],
    run(text) {
      const asked = readReportsAsked(Object.fromEntries(new URLSearchParams(text)))
      if (typeof asked === 'string') return
      mustBeKeepable(asked)
      mustBeBounded(asked, text, 12)
      for (const at of [asked.from, asked.to]) if (at !== null) mustBeMoment(new Date(at))
    },
  },
  'figures asked for': {
    seeds: ['from=2026-11-01&to=2026-11-30', 'from=2024-02-29', 'to=2028-02-29'],
    run: async text => void (await answered(text, 'span')),
  },
  'tongue and cookies': {
    seeds: [
      'language=en\ncookie: balai-language=en',
      `x\ncookie: __Host-balai=${'a'.repeat(43)}; balai-trial=${'b'.repeat(43)}`,
      'language=id\nhost: balai.contoh.go.id:443\ncookie: a="b"; balai-language=%65%6e',
    ],
    async run(text) {
      const tongue = await answered(text, 'tongue')
      if (Array.isArray(tongue)) must(['id', 'en'].includes(String(tongue[0])), 'is no language')
      const tokens = await answered(text, 'cookie')
      if (!Array.isArray(tokens)) return
      for (const token of tokens) must(token === null || /^[\w-]{43}$/.test(String(token)), 'is no token')
    },
  },
  'own pages': {
    seeds: [
      'x\nhost: localhost:3000\norigin: http://localhost:3000\nsec-fetch-site: same-origin',
      'x\nhost: balai.local\nreferer: https://balai.local/medan/chat\norigin: null',
      'x\nhost: [::1]:3000\norigin: https://balai.contoh.go.id\nsec-fetch-site: same-origin',
    ],
    async run(text) {
      const ours = await answered(text, 'ours')
      if (!Array.isArray(ours)) return
      // The first line is what is asked for; headers follow.
      const heads = (text.split('\n\n')[0] ?? '').split('\n').slice(1).join('\n')
      const said = /^sec-fetch-site:(.*)$/im.exec(heads)?.[1]?.trim()
      if (said !== undefined && said !== 'same-origin' && !/sec-fetch-site[\s\S]*sec-fetch-site/i.test(heads))
        must(
          ours.every(one => one === false),
          'takes a foreign page for ours',
        )
    },
  },
}
