import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { askPassphrase, passphraseIn } from './backup/ask-passphrase.ts'
import { openKeys } from './backup/key-envelope.ts'
import { type Beside, runBeside } from './beside.ts'
import { commandLine } from './command-line.ts'
import type { Config } from './config.ts'
import { joinAsTheyAre } from './database.ts'
import { type KeysStand, renewKeys } from './jobs/renew-keys.ts'
import { keyFileOf } from './keeping-place.ts'
import { openLog } from './lib/log.ts'
import { Refusal } from './lib/refusal.ts'
import { print, say } from './lib/terminal.ts'
import { openDb } from './records/db.ts'
import { houseFact } from './records/house-facts.ts'
import { confirmCopy, copyConfirmed } from './records/key-copy.ts'
import {
  isSameRing,
  type Keyring,
  loadKeyring,
  makeKeyring,
  readKeyText,
  writeKeyFile,
} from './records/keyring.ts'
import { takenSteps } from './records/migrate.ts'
import { runCommand } from './run-command.ts'

const USAGE = `npm run keys -- make            makes SEALING_KEY_FILE for a new house, before its first start
npm run keys -- status          whether a copy of the key file was ever confirmed
npm run keys -- renew           a new outer key: made, and used once a copy of it is kept; run it again to go on
npm run keys -- confirm FILE    FILE is the copy, where it is kept: it is read and compared with the keys in use`

const { positionals } = commandLine(USAGE, { allowPositionals: true })

/** The keys without which nothing that citizens wrote can be read. */
async function keys({ config, db, sealing }: Beside): Promise<void> {
  const file = keyFileOf(config)
  const ring = await loadKeyring(file, { make: false })
  const [what, copy] = positionals
  if (what === 'status') {
    const day = await copyConfirmed(db.pool, ring)
    print(`${file}: ${day === undefined ? 'no copy confirmed' : `a copy was confirmed on ${day}`}`)
    return
  }
  if (what === 'renew') return renew({ config, sealing })
  if (what !== 'confirm' || copy === undefined) throw new Refusal(USAGE)
  const path = resolve(copy)
  if (path === file)
    throw new Refusal(
      `${copy} is the key file itself. Your move: copy it to another place, and name that one.`,
    )
  if (!isSameRing(ring, await ringIn(path, config)))
    throw new Refusal(
      `${copy} holds other keys than ${file}. Your move: copy ${file} again, and name that copy.`,
    )
  await confirmCopy(db.pool, ring, new Date())
  print(`${copy} holds the keys in use. Keep it where fire and theft do not reach both.`)
}

/** A step further, beside a running Balai: it goes on with the new keys by itself. */
async function renew({ config, sealing }: Pick<Beside, 'config' | 'sealing'>): Promise<void> {
  const records = await joinAsTheyAre(config, openLog('error'))
  const { renewDays: days, keepDays } = config.backup
  const keyFile = keyFileOf(config)
  try {
    const now = new Date()
    const parts = { address: records.program, keyFile, sealing, days, keepDays, now, asked: true }
    const stand = await renewKeys(parts)
    if (stand === undefined)
      throw new Refusal('Another process renews them just now. Your move: wait for it.')
    print(wordsOf(stand, keepDays))
    if (stand.waits)
      say(
        'A new key is in the file, and not used before a copy is kept elsewhere: should the disk fail, every word would be lost. ' +
          'Your move: npm run backup (it seals the keys along), or npm run keys -- confirm FILE with a copy; then npm run keys -- renew',
      )
  } finally {
    await records.close()
  }
}

function wordsOf({ since, old, left, changed, destroyed }: KeysStand, keepDays: number): string {
  return (
    `in use since ${since.slice(0, 10)}; ${changed} values wrapped anew, ${left} left; ` +
    `${old} older keys, kept ${keepDays} days for the backups made under them; ${destroyed} destroyed now`
  )
}

/** A copy is the file as it is, or sealed as it lies beside a backup. */
async function ringIn(path: string, { backup }: Pick<Config, 'backup'>): Promise<Keyring> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new Refusal(`${path} cannot be read (${cause.code}).`, { cause })
  })
  const plain = readKeyText(text)
  if (plain !== undefined) return plain
  const { passphraseFile } = backup
  const passphrase =
    passphraseFile === undefined
      ? await askPassphrase('The passphrase of the keys: ')
      : await passphraseIn(passphraseFile)
  return openKeys(text, { passphrase: passphrase ?? '' })
}

/** New keys, once: a house that was sealed with others would lose every word. */
async function make(config: Config): Promise<void> {
  const file = keyFileOf(config)
  if (existsSync(file)) throw new Refusal(`${file} is there already, and nothing was done.`)
  const records = await joinAsTheyAre(config, openLog('error'))
  const db = openDb(records.program, { max: 1 })
  try {
    const isSealed =
      (await takenSteps(db.pool)).length > 0 && (await houseFact(db.pool, 'sealing_key')) !== undefined
    if (isSealed)
      throw new Refusal(
        'This database was sealed with keys already, and new ones open nothing of it. Your move: put their file back from its safe place.',
      )
  } finally {
    await db.close()
    await records.close()
  }
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeKeyFile(file, makeKeyring())
  print(file)
  say(
    'Without this file nothing that citizens write can be read. Your move: copy it elsewhere, then npm run keys -- confirm FILE',
  )
}

if (process.argv[2] === 'make') runCommand(make)
else runBeside(keys)
