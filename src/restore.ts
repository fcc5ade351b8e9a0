import { createPrivateKey, type KeyObject } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { askPassphrase, passphraseIn } from './backup/ask-passphrase.ts'
import { lockedBy, type Opener, openKeys } from './backup/key-envelope.ts'
import { KEYS } from './backup/old-backups.ts'
import { restoreBackup } from './backup/restore-backup.ts'
import { decideRestored, heldAfterRestore, restoredFact } from './backup/restored.ts'
import { commandLine } from './command-line.ts'
import type { Config } from './config.ts'
import { joinRecords, ownRecords } from './database.ts'
import { filePlaces, keyFileOf } from './keeping-place.ts'
import { openLog } from './lib/log.ts'
import { Refusal } from './lib/refusal.ts'
import { print, printRow, say } from './lib/terminal.ts'
import type { Db } from './records/db.ts'
import {
  isSameRing,
  type Keyring,
  loadKeyring,
  readKeyText,
  replaceKeyFile,
  writeKeyFile,
} from './records/keyring.ts'
import { joined } from './records/outer-keys.ts'
import { runCommand } from './run-command.ts'

const USAGE = `npm run restore -- FOLDER [--keys FILE] [--private-key FILE]     into an empty DATA_DIR or DATABASE_URL
npm run restore -- held                                          what waits to be sent since
npm run restore -- release                                       sends it
npm run restore -- drop                                          never sends it`

const { values, positionals } = commandLine(USAGE, {
  allowPositionals: true,
  options: { keys: { type: 'string' }, 'private-key': { type: 'string' } },
})

async function restore(config: Config): Promise<void> {
  const [what] = positionals
  if (what === undefined || positionals.length > 1) throw new Refusal(USAGE)
  if (what === 'held') return beside(config, showHeld)
  if (what === 'release' || what === 'drop') return beside(config, db => decide(db, what))
  await bringBack(config, resolve(what), values)
}

async function bringBack(
  config: Config,
  folder: string,
  given: { keys?: string | undefined; 'private-key'?: string | undefined },
): Promise<void> {
  const kept =
    given.keys === undefined
      ? join(config.backup.keysDir ?? dirname(folder), `${basename(folder)}${KEYS}`)
      : resolve(given.keys)
  const keyFile = keyFileOf(config)
  const keyring = await keysFor(config, keyFile, kept, given['private-key'])
  const records = await ownRecords(config, openLog('error'))
  try {
    const [place] = filePlaces(config)
    const manifest = await restoreBackup({
      folder,
      keyring,
      address: records.address,
      place,
      now: new Date(),
      say,
    })
    // Last: a key file without its records would only be in the way of the next try.
    if (!existsSync(keyFile)) {
      await mkdir(dirname(keyFile), { recursive: true })
      await writeKeyFile(keyFile, keyring)
      say(`The keys are in ${keyFile}.`)
    } else if (!isSameRing(keyring, await loadKeyring(keyFile, { make: false }))) {
      await replaceKeyFile(keyFile, keyring)
      say(`${keyFile} has the keys of the backup's time as well now. Your move: npm run keys -- confirm FILE`)
    }
    say(
      `Restored as it was at ${manifest.madeAt}. What came in later is not in it; platforms repeat a part of it by themselves.`,
    )
    say('Nothing that waited is sent before you decide. Your move: npm run restore -- held')
  } finally {
    await records.close()
  }
}

/** The keys that are there already, or those kept with the backup; where there are both they must be the same. */
async function keysFor(
  config: Config,
  keyFile: string,
  kept: string,
  privateKey: string | undefined,
): Promise<Keyring> {
  const here = existsSync(keyFile) ? await loadKeyring(keyFile, { make: false }) : undefined
  const text = await readFile(kept, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return undefined
  })
  if (text === undefined) {
    if (here !== undefined) return here
    throw new Refusal(
      `There are no keys: neither ${keyFile} nor ${kept}. Your move: put the key file back, or say --keys FILE.`,
    )
  }
  const plain = readKeyText(text)
  if (here !== undefined && plain === undefined) return here
  const ring = plain ?? (await openKeys(text, await openerFor(config, text, privateKey)))
  if (here === undefined) return ring
  if (!here.lookup.equals(ring.lookup))
    throw new Refusal(
      `${keyFile} holds other keys than ${kept}. Your move: move the one away that is not of this backup.`,
    )
  // Of the same house, and renewed since: what the backup holds may be under keys that were destroyed here.
  return joined(here, ring)
}

async function openerFor(config: Config, text: string, privateKey: string | undefined): Promise<Opener> {
  if (lockedBy(text) === 'public key') {
    if (privateKey === undefined)
      throw new Refusal(
        'The keys were sealed for a public key. Your move: say --private-key FILE, the other half of it.',
      )
    const pem = await readFile(privateKey, 'utf8')
    const passphrase = pem.includes('ENCRYPTED')
      ? ((await askPassphrase('The passphrase of the private key: ')) ?? '')
      : undefined
    return { privateKey: readPrivateKey(pem, passphrase) }
  }
  const { passphraseFile } = config.backup
  const passphrase =
    passphraseFile === undefined
      ? await askPassphrase('The passphrase of the keys: ')
      : await passphraseIn(passphraseFile)
  if (passphrase === undefined)
    throw new Refusal('A passphrase sealed the keys. Your move: set BACKUP_PASSPHRASE_FILE.')
  return { passphrase }
}

function readPrivateKey(pem: string, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey({ key: pem, ...(passphrase === undefined ? {} : { passphrase }) })
  } catch (cause) {
    throw new Refusal('The private key cannot be read: it is none, or its passphrase is another.', { cause })
  }
}

async function beside(config: Config, work: (db: Db) => Promise<void>): Promise<void> {
  const records = await joinRecords(config, openLog('error'))
  try {
    await work(records.db)
  } finally {
    await records.close()
  }
}

async function showHeld(db: Db): Promise<void> {
  const restored = await restoredFact(db.pool)
  if (restored === undefined) return say('Nothing is held: no restore waits for a decision.')
  const { words, taken } = await heldAfterRestore(db.pool)
  for (const { office, channel, count, uncertain, from, to } of words) {
    const times = `${from.toISOString()} to ${to.toISOString()}`
    printRow([office, channel, `${count} held`, `${uncertain} perhaps sent already`, times])
  }
  say(`Restored ${restored.restoredAt} from the backup of ${restored.madeAt}.`)
  say(`${taken} messages and notices had come in and were not taken; either decision lets them be taken now.`)
  say('Your move: npm run restore -- release (sends what is held) or -- drop (never sends it).')
}

async function decide(db: Db, decision: 'release' | 'drop'): Promise<void> {
  if ((await restoredFact(db.pool)) === undefined)
    throw new Refusal('Nothing is held: no restore waits for a decision.')
  const count = await decideRestored(db, decision)
  print(`${count} ${decision === 'release' ? 'will be sent now' : 'will never be sent'}`)
}

runCommand(restore)
