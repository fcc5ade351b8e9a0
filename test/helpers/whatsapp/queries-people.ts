import type { Answer } from './query.ts'
import { at, bytesOf, child, inside, SERVER, type Stanza, stanza } from './stanza.ts'
import { type Account, accountOf, type World } from './world.ts'

/** The devices of an account: the phone, and those linked to it with the index they were signed under. */
function devicesOf(account: Account | undefined): Stanza {
  const linked = [...(account?.devices.keys() ?? [])].map(id => stanza('device', { id, 'key-index': id }))
  const all = account === undefined ? [] : [stanza('device', { id: 0 }), ...linked]
  return stanza('devices', {}, [stanza('device-list', { hash: '2:fake' }, all)])
}

function aboutUser(world: World, user: Stanza, wanted: string[]): Stanza {
  const phone = `${bytesOf(child(user, 'contact'))}`.replace(/\D/g, '')
  const jid = user.attrs.jid ?? `${phone}${SERVER}`
  const account = accountOf(world, jid)
  const known: Record<string, () => Stanza[]> = {
    contact: () => [stanza('contact', { type: account === undefined ? 'out' : 'in' })],
    devices: () => [devicesOf(account)],
    // Only a number has a LID; a LID is not told its number.
    lid: () => (account === undefined || jid.endsWith('@lid') ? [] : [stanza('lid', { val: account.lid })]),
  }
  return stanza(
    'user',
    { jid },
    wanted.flatMap(one => known[one]?.() ?? []),
  )
}

/** Questions about people: who is on WhatsApp, with which devices, and what their LID is. */
export const peopleQueries: Record<string, Answer> = {
  'usync get usync': ({ world, asked }) => {
    const wanted = inside(at(asked, 'query')).map(one => one.tag)
    const users = inside(at(asked, 'list')).map(user => aboutUser(world, user, wanted))
    return [stanza('usync', asked.attrs, [stanza('result'), stanza('list', {}, users)])]
  },
}
