import { startFakeGraph } from '../../helpers/whatsapp-cloud/fake-graph.ts'
import { openBalai } from '../canary/balai.ts'
import { progress, type Verdict } from '../check.ts'
import { cloudEnv } from '../harness/cloud-env.ts'
import { databaseUrl } from '../harness/database-url.ts'
import { startServer } from '../harness/server.ts'
import { assault } from './assault.ts'
import { countRows, grown } from './count-rows.ts'
import { startsWithout } from './starts-without.ts'
import { forge } from './whatsapp-cloud-forgeries.ts'
import { openNaiveCloud } from './whatsapp-cloud-naive.ts'

const CITIZENS = 100
/** Messages of each that Meta itself brings, several in a post. */
const EACH = 10
/** With none of these may a webhook be opened. */
const NO_SECRETS = [undefined, '', ' ', 'pendek', 'dua kata yang panjang sekali']
/** Written and signed as Meta does, with much that is escaped on the way. */
const WORDS = ['menu', 'terima kasih 🙏🏽', 'a/b <c> & "d" \\ é', 'bantuan']

/** T2: on Meta's Cloud API the signature stands for the bytes as they came, and a post for one number of ours. */
export async function forgeCloud(count: number): Promise<Verdict> {
  const ids = ['medan', 'lhokseumawe']
  const graph = await startFakeGraph({ secondMs: 100, businesses: ids.map(name => ({ name })) })
  const [own, other] = graph.businesses
  if (own === undefined || other === undefined) throw new Error('WhatsApp has too few numbers.')
  const { secret, phoneId, phone } = own
  const secrets = { office: own.name, secret, otherSecret: other.secret, phoneId, phone }
  const forgery = (n: number) => forge(n, secrets)

  const naive = await openNaiveCloud(secret)
  const control = await assault(naive.url, Math.min(count, 400), forgery)
  await own.listens(`${naive.url}/`, { unverified: true })
  // Meta's own: the wrong door does not even know these.
  graph.user('Warga').says(WORDS[1] ?? '')
  const [refusedByControl] = await graph.until(() => own.deliveries.length > 0 && own.deliveries, 10_000)
  own.state.webhook = undefined
  own.state.news.length = 0
  naive.close()
  progress(`control: ${JSON.stringify(control)}`)

  const server = await startServer()
  const records = await server.database('forged')
  const env = {
    DATABASE_URL: databaseUrl(records.address),
    OFFICES: ids.join(),
    ...Object.assign({}, ...graph.businesses.map(one => cloudEnv(one.name, graph.url, one))),
  }
  const balai = await openBalai(env)
  try {
    await balai.start()
    const before = await countRows(records.address)
    const met = await assault(balai.url, count, forgery)
    const wrongNumbers = await postForOthers(graph, `${balai.url}/whatsapp/medan`)
    const rows = grown(before, await countRows(records.address))
    progress(`forged: ${JSON.stringify(met)}, rows: ${rows}`)
    const verified = await verifyWrongly(`${balai.url}/whatsapp/medan`, own.verifyToken)

    const earlier = own.deliveries.length
    await own.listens(`${balai.url}/whatsapp/medan`, { batch: 4, connections: 10 })
    const citizens = Array.from({ length: CITIZENS }, (_, n) => graph.user(`Warga ${n} 🙂`))
    for (let n = 0; n < EACH; n += 1)
      for (const citizen of citizens) citizen.says(WORDS[(n + citizen.state.key) % WORDS.length] ?? '')
    const answered = () =>
      citizens.every(one => one.messages().some(({ from }) => from === 'business')) &&
      own.pending.length === 0
    await graph.until(answered, 180_000)
    const good = own.deliveries.slice(earlier)
    const totals = {
      forged: count,
      ...met,
      rows,
      wrongNumbers,
      verified,
      good: CITIZENS * EACH,
      goodRefused: good.filter(({ status }) => typeof status !== 'number' || status >= 300).length,
      startsWithoutSecret: await startsWithout('WHATSAPP_CLOUD_SECRET_MEDAN', NO_SECRETS, env),
      violations: graph.violations.length,
      controlAccepted: control.accepted,
      controlBodyWaitedFor: control.bodyWaitedFor,
      controlRefusesMeta: refusedByControl?.status !== 200,
    }
    for (const one of graph.violations) progress(JSON.stringify(one))
    const { accepted, bodyWaitedFor, serverErrors, goodRefused, violations, startsWithoutSecret } = totals
    const faults =
      accepted +
      (rows === '' ? 0 : 1) +
      bodyWaitedFor +
      serverErrors +
      goodRefused +
      violations +
      startsWithoutSecret +
      verified
    const isSeen =
      met.withheld > 0 && control.accepted > 0 && control.bodyWaitedFor > 0 && totals.controlRefusesMeta
    return { totals, ok: faults === 0 && isSeen && wrongNumbers > 0 }
  } finally {
    await balai.remove()
    await graph.close()
    await server.stop()
  }
}

/** Signed rightly and for another number: taken for good, so that it does not come for a week, and without any effect. */
async function postForOthers(
  graph: Awaited<ReturnType<typeof startFakeGraph>>,
  url: string,
): Promise<number> {
  const { business } = graph
  await business.listens(url, { unverified: true })
  let posted = 0
  for (const phoneId of [
    '',
    '0',
    `${business.phoneId}0`,
    Number(business.phoneId),
    null,
    { id: business.phoneId },
  ]) {
    const metadata = { display_phone_number: business.phone, phone_number_id: phoneId }
    const message = { from: '620000999999', id: `wamid.lain${posted}`, timestamp: '1790000000', type: 'text' }
    const value = {
      messaging_product: 'whatsapp',
      metadata,
      messages: [{ ...message, text: { body: 'menu' } }],
    }
    const entry = [{ id: '1', changes: [{ value, field: 'messages' }] }]
    if ((await business.posts({ object: 'whatsapp_business_account', entry })) === 200) posted += 1
  }
  business.state.webhook = undefined
  return posted
}

/** How many wrong tokens Meta's question is answered with. */
async function verifyWrongly(url: string, token: string): Promise<number> {
  const wrong = [
    '',
    token.slice(1),
    `${token}x`,
    token.toUpperCase(),
    ` ${token}`,
    'undefined',
    '[object Object]',
  ]
  const asked = [
    ...wrong.map(one => ({ 'hub.mode': 'subscribe', 'hub.challenge': '12345', 'hub.verify_token': one })),
    { 'hub.mode': 'unsubscribe', 'hub.challenge': '12345', 'hub.verify_token': token },
    { 'hub.mode': 'subscribe', 'hub.challenge': '12345' },
    { 'hub.mode': 'subscribe', 'hub.challenge': '12345', 'hub.verify_token[]': token },
  ]
  let answered = 0
  for (const query of asked) {
    const answer = await fetch(`${url}?${new URLSearchParams(query as Record<string, string>)}`)
    if (answer.ok || (await answer.text()).includes('12345')) answered += 1
  }
  return answered
}
