import { readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { askPassphrase, passphraseIn } from './backup/ask-passphrase.ts'
import { checkBackup } from './backup/check-backup.ts'
import { type Lock, passphraseLock, publicKeyLock, sealKeys } from './backup/key-envelope.ts'
import { makeBackup } from './backup/make-backup.ts'
import { type Manifest, readManifest } from './backup/manifest.ts'
import { KEYS, removeOld } from './backup/old-backups.ts'
import { commandLine } from './command-line.ts'
import type { BackupSettings, Config } from './config.ts'
import { joinAsTheyAre } from './database.ts'
import { filePlaces, keyFileOf } from './keeping-place.ts'
import { openLog } from './lib/log.ts'
import { Refusal } from './lib/refusal.ts'
import { print, say } from './lib/terminal.ts'
import type { DatabaseAddress } from './records/address.ts'
import { openDb } from './records/db.ts'
import { noteSealed } from './records/key-copy.ts'
import { type Keyring, loadKeyring } from './records/keyring.ts'
import { runCommand } from './run-command.ts'

const USAGE = `npm run backup [-- FOLDER] [--keys-dir FOLDER | --without-keys]     beside a running Balai or alone; prints its folder
npm run backup -- check FOLDER                                       reads every byte of one`

const { values, positionals } = commandLine(USAGE, {
  allowPositionals: true,
  options: { 'keys-dir': { type: 'string' }, 'without-keys': { type: 'boolean', default: false } },
})

async function backup(config: Config): Promise<void> {
  if (positionals[0] === 'check') return check(positionals[1])
  const into = positionals[0] === undefined ? config.backup.dir : resolve(positionals[0])
  if (into === undefined || positionals.length > 1)
    throw new Refusal(`Where to? Your move: name a folder, or set BACKUP_DIR.\n${USAGE}`)
  const lock = values['without-keys'] ? undefined : await lockOf(config.backup)
  const keyring = await loadKeyring(keyFileOf(config), { make: false })
  const records = await joinAsTheyAre(config, openLog('error'))
  try {
    const now = new Date()
    const places = filePlaces(config)
    const { folder, manifest } = await makeBackup({
      // As the owner: a backup that lacks a table somebody forgot to grant would be none.
      address: records.owner ?? records.program,
      places,
      keyring,
      into,
      balai: await version(),
      now,
      say,
    })
    const keysDir =
      values['keys-dir'] === undefined ? (config.backup.keysDir ?? into) : resolve(values['keys-dir'])
    if (lock !== undefined) {
      const file = join(keysDir, `${basename(folder)}${KEYS}`)
      await writeFile(file, await sealKeys(keyring, lock), { mode: 0o600, flush: true })
      say(`The keys, sealed: ${file}`)
      await noteKeysSealed(records.program, keyring)
    } else
      say(
        'Without the keys nothing of this backup can be read. Your move: keep the key file in another safe place.',
      )
    for (const name of await removeOld(into, keysDir, config.backup.keepDays, now))
      say(`${name} was old, and is removed.`)
    say(wordsOf(manifest))
    print(folder)
  } finally {
    await records.close()
  }
}

/** A key that was made to be used next may be, once a backup holds it. */
async function noteKeysSealed(address: DatabaseAddress, keyring: Keyring): Promise<void> {
  const db = openDb(address, { max: 1 })
  try {
    await noteSealed(db.pool, keyring)
  } finally {
    await db.close()
  }
}

async function check(folder: string | undefined): Promise<void> {
  if (folder === undefined) throw new Refusal(USAGE)
  const { manifest } = await readManifest(resolve(folder))
  await checkBackup(resolve(folder), manifest)
  print(wordsOf(manifest))
}

function wordsOf({ madeAt, tables, files }: Manifest): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const missing = files.missing === 0 ? '' : `; ${files.missing} files have a row and are not in their place`
  return `Whole: ${madeAt}, ${rows} rows in ${tables.length} tables, ${files.count} files${missing}.`
}

/** What the keys are sealed with: exactly one of a public key and a passphrase. */
async function lockOf({ passphraseFile, publicKeyFile }: BackupSettings): Promise<Lock> {
  if (passphraseFile !== undefined && publicKeyFile !== undefined)
    throw new Refusal(
      'BACKUP_PASSPHRASE_FILE and BACKUP_PUBLIC_KEY_FILE are both set. Your move: leave one empty.',
    )
  if (publicKeyFile !== undefined) return publicKeyLock(await readFile(publicKeyFile, 'utf8'))
  if (passphraseFile !== undefined) return passphraseLock(await passphraseIn(passphraseFile))
  const typed = await askPassphrase('A passphrase to seal the keys with (12 characters or more): ')
  if (typed !== undefined) {
    if ((await askPassphrase('Once more: ')) !== typed)
      throw new Refusal('These were two different ones. Nothing was done.')
    return passphraseLock(typed)
  }
  throw new Refusal(
    'What should seal the keys? Your move: set BACKUP_PASSPHRASE_FILE or BACKUP_PUBLIC_KEY_FILE, or say --without-keys.',
  )
}

async function version(): Promise<string> {
  const file = join(dirname(import.meta.dirname), 'package.json')
  return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version
}

runCommand(backup)
