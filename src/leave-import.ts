import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { commandLine } from './command-line.ts'
import type { Config } from './config.ts'
import { ownRecords } from './database.ts'
import { filePlaces, keyFileOf, makeDataDir } from './keeping-place.ts'
import { bringHouse } from './leave/bring-house.ts'
import { openLog } from './lib/log.ts'
import { Refusal } from './lib/refusal.ts'
import { say } from './lib/terminal.ts'
import { loadKeyring } from './records/keyring.ts'
import { runCommand } from './run-command.ts'

const USAGE = `npm run leave:import -- FOLDER     brings what npm run leave wrote into an empty DATA_DIR or DATABASE_URL; all of it or nothing`

const { positionals } = commandLine(USAGE, { allowPositionals: true })

async function bring(config: Config): Promise<void> {
  const [folder] = positionals
  if (folder === undefined || positionals.length > 1) throw new Refusal(USAGE)
  const keyFile = keyFileOf(config)
  if (!existsSync(keyFile))
    throw new Refusal(
      `${keyFile} is not there. PINs and receipts of citizens hold with the keys of their house alone. ` +
        'Your move: put the key file of the house it comes from there.',
    )
  const keyring = await loadKeyring(keyFile, { make: false })
  makeDataDir(config.dataDir)
  const records = await ownRecords(config, openLog('error'))
  try {
    const [place] = filePlaces(config)
    const manifest = await bringHouse({
      folder: resolve(folder),
      keyring,
      mode: config.mode,
      address: records.address,
      place,
      now: new Date(),
      say,
    })
    say(`The house is as it was at ${manifest.madeAt}.`)
    say(
      'Everybody of the staff signs in anew and sets up their phone; a linked WhatsApp number is linked anew.',
    )
    say('Nothing that waited is sent before you decide. Your move: npm run restore -- held')
  } finally {
    await records.close()
  }
}

runCommand(bring)
