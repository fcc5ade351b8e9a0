import { bundleStanza, readSigned, takeUpload } from './key-bundle.ts'
import { groupQueries } from './queries-groups.ts'
import { peopleQueries } from './queries-people.ts'
import { type Answer, QueryRefusal } from './query.ts'
import { bytesOf, inside, type Stanza, stanza } from './stanza.ts'
import { accountOf, deviceOf, seconds, type World } from './world.ts'

/** Privacy settings of an account that has changed none. */
const PRIVACY = {
  readreceipts: 'all',
  profile: 'all',
  status: 'contacts',
  online: 'all',
  last: 'all',
  groupadd: 'all',
}

async function keysFor(world: World, jid: string): Promise<Stanza> {
  const account = accountOf(world, jid)
  const number = deviceOf(jid)
  const bundle = number === 0 ? await account?.phone.bundle() : account?.devices.get(number)?.bundle
  if (bundle === undefined)
    return stanza('user', { jid }, [stanza('error', { code: 404, text: 'item-not-found' })])
  return bundleStanza(jid, bundle, seconds(world))
}

/** The keys of a device: what it leaves here, and what others take. */
const keyQueries: Record<string, Answer> = {
  'encrypt get count': ({ world, device }) => [
    stanza('count', { value: Math.max(world.claimedKeys, device.bundle.once.length) }),
  ],
  'encrypt get digest': ({ device }) => [
    stanza('digest', {}, [stanza('registration'), stanza('identity', {}, device.bundle.identity)]),
  ],
  'encrypt get key': async ({ world, asked }) => {
    const users: Stanza[] = []
    for (const one of inside(asked)) users.push(await keysFor(world, one.attrs.jid ?? ''))
    return [stanza('list', {}, users)]
  },
  'encrypt set registration': ({ device, node }) => {
    takeUpload(device.bundle, node)
    return []
  },
  'encrypt set rotate': ({ device, asked }) => {
    device.bundle.signed = readSigned(inside(asked)[0])
    return []
  },
}

const nothing: Answer = () => []

/** What an account asks about itself, and what the platform wants to be told. */
const ownQueries: Record<string, Answer> = {
  'w:p get ping': nothing,
  'w:stats set add': nothing,
  'abt get props': () => [stanza('props', { protocol: 1 })],
  'blocklist get': () => [stanza('list')],
  'blocklist set item': ({ world, device, asked }) => {
    const who = accountOf(world, asked.attrs.jid ?? '')
    if (who === undefined) throw new QueryRefusal(404, 'item-not-found')
    if (asked.attrs.action === 'block') device.account.blocked.add(who)
    else device.account.blocked.delete(who)
    return []
  },
  'privacy get privacy': () => [
    stanza(
      'privacy',
      {},
      Object.entries(PRIVACY).map(([name, value]) => stanza('category', { name, value })),
    ),
  ],
  'privacy set tokens': () => [stanza('tokens')],
  'privacy set privacy': nothing,
  'urn:xmpp:whatsapp:dirty set clean': nothing,
  'disappearing_mode set': nothing,
  'status set status': nothing,
  'w:sync:app:state set sync': () => [stanza('sync')],
  'w:profile:picture get picture': () => {
    throw new QueryRefusal(404, 'item-not-found')
  },
  'w:m set media_conn': ({ world }) => [
    stanza('media_conn', { auth: 'fake', ttl: 3600, auth_ttl: 3600, max_buckets: 1 }, [
      stanza('host', { hostname: world.mediaHost, maxContentLengthBytes: 100_000_000 }),
    ]),
  ],
  'w:mex get query': ({ device, asked }) => {
    const about = asked.attrs.query_id ?? ''
    const answer = device.account.mex.get(about)
    if (answer === undefined) throw new QueryRefusal(404, `no answer to ${about}: ${bytesOf(asked)}`)
    return [stanza('result', {}, Buffer.from(JSON.stringify({ data: answer })))]
  },
}

/** Every question there is an answer to, by name space, kind, and first element. */
export const answers: Record<string, Answer> = {
  ...keyQueries,
  ...ownQueries,
  ...peopleQueries,
  ...groupQueries,
}
