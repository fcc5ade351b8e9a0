import { execFile } from 'node:child_process'
import { copyFile, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Keyring, readKeyText } from '../../src/records/keyring.ts'
import { createSealing } from '../../src/records/sealing.ts'
import { type Balai, openBalai } from './canary/balai.ts'
import { citizen } from './canary/chat.ts'
import { inDatabase } from './canary/dump.ts'
import { type Check, progress, size } from './check.ts'
import { fileOn } from './harness/file-on.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Guarantees §4.2: the outer key is renewed `--times` by the command an operator types, beside the real program, while `--lanes` citizens file
 * reports. Nobody notices: no report is lost, who filed before reads on; afterwards nothing that lives is under an older key, and a program
 * that has the old ones alone opens none of it. Control: with the keys as they are it opens all.
 */
export const check: Check = {
  async run(flags) {
    const times = size(flags, 'times', 2)
    const balai = await openBalai({ LOG_LEVEL: 'warn' })
    try {
      await balai.start()
      const before = await citizen(balai.url)
      await before.say('privasi')
      await before.hear('versi')
      const work = fileOn(balai.url, size(flags, 'lanes', 3))
      const file = join(dirname(balai.dataDir), 'sealing.key')
      const first = await ringIn(file)
      const told: string[] = []
      for (let n = 0; n < times; n += 1) {
        await keys(balai, file, 'renew')
        await copyFile(file, `${file}.copy`)
        await keys(balai, file, 'confirm', `${file}.copy`)
        told.push(await keys(balai, file, 'renew'))
        progress(told.at(-1) ?? '')
      }
      await before.say('data saya')
      await before.hear('pemberitahuan privasi yang sudah ditunjukkan')
      const filed = await work.stop()
      await keys(balai, file, 'renew')
      const last = await ringIn(file)
      const left = await opens(balai, first)
      const totals = {
        times,
        filed: filed.length,
        lost: filed.filter(({ code }) => code === undefined).length,
        outerKeys: last.outer.length,
        openWithOldKeys: left.opened,
        controlOpenWithAll: (await opens(balai, last)).opened,
        rows: left.rows,
        failedTurns: balai.stderr().split('a turn failed').length - 1,
        exitCode: String(await balai.stop()),
      }
      const isHeld =
        totals.lost + totals.openWithOldKeys + totals.failedTurns === 0 && totals.exitCode === '0'
      return {
        totals,
        ok:
          isHeld &&
          totals.filed > 0 &&
          last.outer.length > times &&
          totals.controlOpenWithAll === totals.rows,
      }
    } finally {
      await balai.remove()
    }
  },
}

async function keys(balai: Balai, file: string, ...args: string[]): Promise<string> {
  const env = { PATH: process.env.PATH, DATA_DIR: balai.dataDir, SEALING_KEY_FILE: file, OFFICES: 'medan' }
  const { stdout } = await run(process.execPath, ['src/keys.ts', ...args], { cwd: root, env })
  return stdout.trim()
}

async function ringIn(file: string): Promise<Keyring> {
  const ring = readKeyText(await readFile(file, 'utf8'))
  if (ring === undefined) throw new Error('That is no key file.')
  return ring
}

/** How many chats a program with these keys opens, of how many. */
function opens(balai: Balai, ring: Keyring): Promise<{ opened: number; rows: number }> {
  const sealing = createSealing(ring)
  return inDatabase(balai.dataDir, async client => {
    const { rows } = await client.query<{ id: string; wrapped_key: Buffer }>(
      'select id, wrapped_key from conversations',
    )
    const opened = rows.filter(({ id, wrapped_key }) => {
      try {
        return sealing.unwrap(wrapped_key, `conversations.${id}`) !== undefined
      } catch {
        return false
      }
    })
    return { opened: opened.length, rows: rows.length }
  })
}
