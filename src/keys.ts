import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { askPassphrase, passphraseIn } from './backup/ask-passphrase.ts'
import { openKeys } from './backup/key-envelope.ts'
import { type Beside, runBeside } from './beside.ts'
import type { Config } from './config.ts'
import { keyFileOf } from './keeping-place.ts'
import { Refusal } from './lib/refusal.ts'
import { confirmCopy, copyConfirmed } from './records/key-copy.ts'
import { isSameRing, type Keyring, loadKeyring, readKeyText } from './records/keyring.ts'

const USAGE = `npm run keys -- status          whether a copy of the key file was ever confirmed
npm run keys -- confirm FILE    FILE is the copy, where it is kept: it is read and compared with the keys in use`

/** The keys without which nothing that citizens wrote can be read. */
async function keys({ config, db }: Beside): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true })
  const file = keyFileOf(config)
  const ring = await loadKeyring(file, { make: false })
  const [what, copy] = positionals
  if (what === 'status') {
    const day = await copyConfirmed(db.pool, ring)
    process.stdout.write(
      `${file}: ${day === undefined ? 'no copy confirmed' : `a copy was confirmed on ${day}`}\n`,
    )
    return
  }
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
  process.stdout.write(`${copy} holds the keys in use. Keep it where fire and theft do not reach both.\n`)
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

runBeside(keys)
