import { randomUUID } from 'node:crypto'
import { DESK_ROUTES } from '../../src/dashboard/routes.ts'
import { issueSignIn } from '../../src/records/sign-in-links.ts'
import { ORIGIN } from '../helpers/desk-house.ts'
import { type Check, progress } from './check.ts'
import { openPages, type Pages } from './harness/desk-pages.ts'
import { naiveDesk } from './harness/naive-desk.ts'
import { startServer } from './harness/server.ts'

/** What a browser sends with a request that a foreign page, a sister site or a typed address brought about, and what scripts would. */
const WRONG: Record<string, string>[] = [
  { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
  { origin: 'null', 'sec-fetch-site': 'cross-site' },
  { origin: 'null', 'sec-fetch-site': 'same-origin' },
  { origin: '', 'sec-fetch-site': 'same-origin' },
  { origin: ORIGIN, 'sec-fetch-site': 'cross-site' },
  { origin: ORIGIN, 'sec-fetch-site': 'same-site' },
  { origin: ORIGIN, 'sec-fetch-site': 'none' },
  { origin: ORIGIN.replace('https', 'http'), 'sec-fetch-site': 'same-origin' },
  { origin: `${ORIGIN}.evil.example`, 'sec-fetch-site': 'same-origin' },
  { origin: `${ORIGIN}:8443`, 'sec-fetch-site': 'same-origin' },
  { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' },
]

/**
 * Guarantee T12: every route that changes something, with each of twelve wrong ways of coming to it, by somebody who may do
 * everything and has just given the second factor. Only the thirteenth, the right one, is let in. The control never looks.
 */
export const check: Check = {
  async run() {
    const server = await startServer()
    try {
      const control = await attack(await openPages(server, 'csrf_control', naiveDesk))
      progress(`control: ${JSON.stringify(control)}`)
      const ran = await attack(await openPages(server, 'csrf'))
      return {
        totals: { ...ran, controlAccepted: control.accepted },
        ok: ran.accepted === 0 && ran.rightRefused === 0 && control.accepted > 0,
      }
    } finally {
      await server.stop()
    }
  },
}

async function attack(pages: Pages) {
  const [code = ''] = await pages.files([{ description: 'Lampu padam di simpang' }])
  const posts = DESK_ROUTES.filter(({ method }) => method === 'post')
  const total = { routes: posts.length + 1, tries: 0, accepted: 0, rightRefused: 0 }
  const duties = [
    'operator',
    'supervisor',
    'confidential',
    'broadcaster',
    'approver',
    'protection',
    'administrator',
  ] as const
  const comes = (name: string) => pages.comes({ name, role: 'observer', duties: [...duties], proved: true })
  const someone = await comes('Semua')
  const paths = posts.map(({ path }) =>
    `/desk/lhokseumawe${path}`
      .replace(':code', code)
      .replace(':id', randomUUID())
      .replace(':desk', 'general'),
  )
  for (const path of [...paths, `/sign-in/${await issueSignIn(pages.db.pool, someone.id)}`])
    for (const headers of WRONG) {
      total.tries += 1
      const { status } = await someone.post(path, { key: randomUUID() }, headers)
      if (status !== 403) total.accepted += 1
    }
  for (const [n, path] of paths.entries()) {
    total.tries += 1
    const { status } = await (await comes(`Benar ${n}`)).post(path, { key: randomUUID() })
    if (status === 403 || status === 401) total.rightRefused += 1
  }
  return total
}
