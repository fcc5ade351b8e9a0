import { type Beside, runBeside } from './beside.ts'
import { commandLine } from './command-line.ts'
import { Refusal } from './lib/refusal.ts'
import { print, say } from './lib/terminal.ts'
import { note } from './records/audit.ts'
import { transaction } from './records/db.ts'
import { issueSignIn } from './records/sign-in-links.ts'
import { staffOf } from './records/staff.ts'

const USAGE =
  'npm run sign-in -- --staff NAME [--office ID]     a link that signs this person in once, within five minutes'

const { values } = commandLine(USAGE, { options: { office: { type: 'string' }, staff: { type: 'string' } } })

/** Prints a link that signs one person in once, within five minutes. That it was made is in the audit log. */
async function signIn({ config, db, sealing, officeCalled }: Beside): Promise<void> {
  const office = officeCalled(values.office)
  const people = await staffOf(db.pool, office.id)
  const person = people.find(({ name }) => name.toLowerCase() === values.staff?.trim().toLowerCase())
  if (person === undefined)
    throw new Refusal(
      `${values.staff ?? 'Nobody'} is not on the list of ${office.id}. Your move: --staff with one of ` +
        `${people.map(({ name }) => name).join(', ') || 'nobody yet (npm run staff -- add)'}.`,
    )
  const token = await transaction(db, async client => {
    const entry = { office: office.id, actor: null, action: 'sign_in_link_printed', subject: person.id }
    await note(client, sealing, entry, new Date())
    return issueSignIn(client, person.id)
  })
  const here = config.publicUrl ?? `http://localhost:${config.port}`
  print(`${here}/sign-in/${token}`)
  say(`For ${person.name}: works once, for five minutes.`)
}

runBeside(signIn)
