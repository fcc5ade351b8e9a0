import { type Beside, runBeside } from './beside.ts'
import { commandLine } from './command-line.ts'
import { allGroups, leaveGroup } from './desk/groups.ts'
import { Refusal } from './lib/refusal.ts'
import { print, printRow, say } from './lib/terminal.ts'
import { transaction } from './records/db.ts'
import { issueCode } from './records/single-use.ts'

const USAGE = `npm run groups -- list [--office ID]
npm run groups -- link --desk general [--office ID]    a word that makes a group that desk's own
npm run groups -- leave --desk general [--office ID]   gives the desk its page back`

/** Hours a word for a group stays good. */
const LINK_HOURS = 24

const { values, positionals } = commandLine(USAGE, {
  allowPositionals: true,
  options: { office: { type: 'string' }, desk: { type: 'string' } },
})

/** Which group belongs to which desk. */
async function groups({ db, sealing, officeCalled }: Beside): Promise<void> {
  const office = officeCalled(values.office)
  const desk = () => {
    if (values.desk !== undefined && Object.hasOwn(office.desks, values.desk)) return values.desk
    throw new Refusal(`--desk must be one of ${Object.keys(office.desks).join(', ')}`)
  }
  switch (positionals[0]) {
    case 'list':
      for (const group of await allGroups(db.pool, sealing)) {
        if (group.office !== office.id) continue
        const kind = group.forum ? 'with topics' : 'without topics'
        printRow([group.desk, group.channel, kind, group.status])
      }
      return
    case 'link': {
      const code = await issueCode(
        db.pool,
        sealing,
        { office: office.id, opens: 'group', whose: desk() },
        LINK_HOURS,
      )
      print(code)
      say(
        `Add the office's bot, or its WhatsApp number, to the group of ${office.desks[desk()]?.name}, then type there within 24 hours: /pasang ${code}`,
      )
      return
    }
    case 'leave':
      await transaction(db, client => leaveGroup(client, sealing, office.id, desk()))
      print(`${desk()} is on its page again.`)
      return
    default:
      throw new Refusal(USAGE)
  }
}

runBeside(groups)
