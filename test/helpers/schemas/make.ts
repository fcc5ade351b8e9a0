/**
 * Makes a fixture of today's schema, before the next step of it goes in: `node test/helpers/schemas/make.ts NAME [ROOT]`. Runs the
 * program in ROOT (this one, unless told), lets made-up people use it, and keeps a backup with what they said.
 */
import { spawn } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { makeBackup } from '../../../src/backup/make-backup.ts'
import { openLog } from '../../../src/lib/log.ts'
import { joinEmbedded } from '../../../src/records/embedded/start.ts'
import { loadKeyring } from '../../../src/records/keyring.ts'
import { openFolder } from '../../../src/records/sealed-files.ts'
import { citizen, desk } from '../../accept/canary/chat.ts'
import { freePort } from '../../accept/harness/free-port.ts'
import { fileBy, WORDS } from './talk.ts'

const [name, root = '.'] = process.argv.slice(2)
if (name === undefined) throw new Error('Which schema? Its last step, such as 0003_knowledge.')
const fixture = join(import.meta.dirname, '../../fixtures/schemas', name)
const home = await mkdtemp(join(tmpdir(), 'balai-schema-'))
await chmod(home, 0o755)
const [dataDir, keyFile] = [join(home, 'data'), join(home, 'sealing.key')]

/** The program of ROOT, alive; resolves with how to stop it. */
async function start(port: number): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: resolve(root),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      HOME: home,
      PORT: String(port),
      DATA_DIR: dataDir,
      SEALING_KEY_FILE: keyFile,
      OFFICES: 'medan',
      LOG_LEVEL: 'error',
    },
  })
  const ended = new Promise<void>(done => child.once('close', () => done()))
  await new Promise<void>((ready, fail) => {
    child.stdout.on('data', words => String(words).includes('Balai is ready') && ready())
    child.once('close', () => fail(new Error('It ended at its start.')))
  })
  return async () => {
    child.kill('SIGTERM')
    await ended
  }
}

async function fill(base: string) {
  const [open, drafting, anonymous] = [await citizen(base), await citizen(base), await citizen(base)]
  const code = await fileBy(open, 'Terbuka')
  await fileBy(anonymous, 'Anonim')
  await fileBy(drafting, undefined)
  const general = desk(base, 'general', 'Rina')
  await general.hear(code)
  await general.say(`ambil ${code}`)
  await general.hear('diambil')
  await general.say(`balas ${code} Sudah kami periksa.`)
  await open.hear('Sudah kami periksa')
  return { code, words: WORDS, open: open.session, draft: drafting.session }
}

try {
  const port = await freePort()
  const stop = await start(port)
  const said = await fill(`http://127.0.0.1:${port}`).finally(stop)
  const embedded = await joinEmbedded({ dataDir, log: openLog('silent') })
  const keyring = await loadKeyring(keyFile, { make: false })
  const { folder } = await makeBackup({
    address: embedded.owner,
    keyring,
    places: [openFolder(join(dataDir, 'files'))],
    into: join(home, 'backups'),
    balai: name,
    now: new Date(),
  }).finally(() => embedded.stop())
  await mkdir(fixture, { recursive: true })
  await cp(folder, join(fixture, 'backup'), { recursive: true })
  await cp(keyFile, join(fixture, 'keys.json'))
  await writeFile(join(fixture, 'said.json'), `${JSON.stringify(said, null, 2)}\n`)
} finally {
  await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}
process.exit(0)
