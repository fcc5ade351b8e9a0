import { type Beside, runBeside } from './beside.ts'
import { commandLine } from './command-line.ts'
import { looksAlike, shown } from './lib/clean-text.ts'
import { Refusal } from './lib/refusal.ts'
import { print, say } from './lib/terminal.ts'
import { addStaff, linkForStaff, type Person, ROLES, staffLeaves, staffOf } from './records/staff.ts'
import { sessionOf } from './records/whatsapp-session.ts'

const USAGE = `npm run staff -- list [--office ID]
npm run staff -- add --name NAME [--role staff|head|admin|observer] [--desks general,pengawasan] [--office ID]
npm run staff -- link --name NAME [--office ID]     a new word for another account
npm run staff -- leave --name NAME [--office ID]    takes every right away at once
without --desks they work at all general desks; the restricted desk has to be named`

const { values, positionals } = commandLine(USAGE, {
  allowPositionals: true,
  options: {
    office: { type: 'string' },
    name: { type: 'string' },
    role: { type: 'string', default: 'staff' },
    desks: { type: 'string' },
  },
})

/** Who may work at an office's desks. */
async function staff({ config, db, sealing, officeCalled }: Beside): Promise<void> {
  const office = officeCalled(values.office)
  const people = await staffOf(db.pool, office.id)
  const named = () => {
    const found = people.filter(({ name }) => name.toLowerCase() === values.name?.toLowerCase())
    if (found[0] !== undefined) return found[0]
    const names = people.map(({ name }) => name).join(', ') || 'nobody yet'
    throw new Refusal(`${values.name ?? 'Nobody'} is not on the list of ${office.id}. There is: ${names}.`)
  }
  const giveWord = async (person: Person) => {
    const session = await sessionOf(db.pool, sealing, office.id)
    const { telegram, whatsapp } = config.channels[office.id] ?? {}
    const isOnWhatsApp = whatsapp?.by === 'baileys'
    showLink(person.name, await linkForStaff(db.pool, sealing, person), {
      telegram: telegram !== undefined || !isOnWhatsApp,
      whatsapp: !isOnWhatsApp ? 'none' : session?.status === 'linked' ? 'linked' : 'not linked',
    })
  }
  switch (positionals[0]) {
    case 'list':
      for (const one of people) print(lineOf(one))
      return
    case 'add': {
      const person = newPerson(office, values)
      if (people.some(({ name }) => name.toLowerCase() === person.name.toLowerCase()))
        throw new Refusal(`${person.name} is on the list already. Your move: another name, or 'link'.`)
      const id = await addStaff(db.pool, sealing, person)
      return giveWord({ ...person, id })
    }
    case 'link':
      return giveWord(named())
    case 'leave':
      await staffLeaves(db, named().id)
      print(`${named().name} may do nothing any more.`)
      return
    default:
      throw new Refusal(USAGE)
  }
}

type Given = { name?: string | undefined; role: string; desks?: string | undefined }

function newPerson(office: { id: string; desks: object }, given: Given): Omit<Person, 'id'> {
  const name = given.name?.trim() ?? ''
  if (name === '' || name.length > 60)
    throw new Refusal('A name of 1 to 60 characters is needed: --name "Rina"')
  if (looksAlike(name))
    throw new Refusal(
      `"${shown(name)}" mixes letters of two scripts that look the same. Your move: type it with one.`,
    )
  const role = ROLES.find(one => one === given.role)
  if (role === undefined) throw new Refusal(`--role must be one of ${ROLES.join(', ')}`)
  const desks = given.desks?.split(',').map(desk => desk.trim()) ?? null
  const unknown = desks?.find(desk => !Object.hasOwn(office.desks, desk))
  if (unknown !== undefined)
    throw new Refusal(
      `${office.id} has no desk ${unknown}. There is: ${Object.keys(office.desks).join(', ')}.`,
    )
  return { office: office.id, name, role, desks: role === 'observer' ? [] : desks }
}

function lineOf({ name, role, desks, accounts }: Person & { accounts: number }): string {
  return [
    name,
    role,
    desks?.join(',') ?? 'all general desks',
    accounts === 0 ? 'no account yet' : `${accounts} account(s)`,
  ].join('\t')
}

/** The word is shown here and nowhere again, with the ways to say it that the office has. */
type Ways = { telegram: boolean; whatsapp: 'none' | 'linked' | 'not linked' }

function showLink(name: string, code: string, on: Ways): void {
  print(code)
  const ways = [
    ...(on.telegram ? [`On Telegram, to the office's bot: https://t.me/NAME_OF_THE_BOT?start=${code}`] : []),
    ...(on.whatsapp === 'none'
      ? []
      : [`On WhatsApp, to the office's number: https://wa.me/NUMBER_OF_THE_OFFICE?text=/start%20${code}`]),
    ...(on.whatsapp === 'not linked'
      ? ['That number is not linked yet. Your move, before: npm run whatsapp -- link']
      : []),
  ]
  say(`${name} sends this in a chat of their own, within 24 hours: /start ${code}\n${ways.join('\n')}`)
}

runBeside(staff)
