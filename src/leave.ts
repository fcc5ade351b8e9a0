import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { commandLine } from './command-line.ts'
import type { Config } from './config.ts'
import { joinAsTheyAre } from './database.ts'
import { filePlaces, keyFileOf } from './keeping-place.ts'
import { writeHouse } from './leave/write-house.ts'
import { openLog } from './lib/log.ts'
import { Refusal } from './lib/refusal.ts'
import { print, say } from './lib/terminal.ts'
import { openHouses } from './offices/open-houses.ts'
import { loadKeyring } from './records/keyring.ts'
import { runCommand } from './run-command.ts'

const USAGE = `npm run leave -- --out FOLDER     everything this house holds, in open formats, WORDS OPENED, into a folder that is not there yet`

const { values } = commandLine(USAGE, { options: { out: { type: 'string' } } })

/** The whole house in open formats, beside a running Balai or alone. */
async function leave(config: Config): Promise<void> {
  if (values.out === undefined) throw new Refusal(USAGE)
  const out = resolve(values.out)
  say(
    `${out} will hold what citizens wrote, their names and where they are reached, confidential reports too, readable by whoever gets it. Only you may open the folder.`,
  )
  const keyring = await loadKeyring(keyFileOf(config), { make: false })
  const log = openLog('error')
  const offices = [...(await openHouses(config, log)).houses.keys()]
  const records = await joinAsTheyAre(config, log)
  try {
    const { tables, files } = await writeHouse({
      address: records.program,
      places: filePlaces(config),
      keyring,
      offices,
      out,
      balai: await version(),
      now: new Date(),
      say,
    })
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    const unreadable = tables.reduce((sum, table) => sum + table.unreadable, 0)
    say(
      `${rows} rows in ${tables.length} tables, ${files.count} files; DESCRIPTION.md explains each file and column.`,
    )
    if (unreadable + files.missing > 0)
      say(`${unreadable} values and ${files.missing} files could not be opened; DESCRIPTION.md says where.`)
    say('Keys, sessions, credentials of channels and secrets of authenticator apps are not in it.')
    print(out)
  } finally {
    await records.close()
  }
}

async function version(): Promise<string> {
  const file = join(import.meta.dirname, '..', 'package.json')
  return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version
}

runCommand(leave)
