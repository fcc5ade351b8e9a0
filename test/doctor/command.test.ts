import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { lookAtPlaces } from '../../src/doctor/places.ts'
import { lookAtPort } from '../../src/doctor/port.ts'

const home = await mkdtemp(join(tmpdir(), 'balai-doctor-test-'))
afterAll(() => rm(home, { recursive: true, force: true }))

function doctor(env: Record<string, string>): Promise<{ code: number; text: string }> {
  return new Promise(done => {
    execFile(
      process.execPath,
      ['src/doctor.ts'],
      { env: { PATH: process.env.PATH, PORT: '0', ...env } },
      (error, text) => done({ code: Number(error?.code ?? 0), text }),
    )
  })
}

it('has nothing against a new trial, and starts nothing for it', async () => {
  const { code, text } = await doctor({ DATA_DIR: join(home, 'new') })
  expect(text).toContain('Nothing must be done.')
  expect(text).toContain('one of its own is made at the first start')
  expect(code).toBe(0)
})

it('lists what live mode lacks, and ends with 1', async () => {
  const { code, text } = await doctor({ MODE: 'live', PUBLIC_URL: 'http://lapor.example.go.id' })
  expect(text).toMatch(
    /MUST {2}configuration: .*- MODE=live needs DATA_DIR.*SEALING_KEY_FILE.*- PUBLIC_URL must begin with https/s,
  )
  expect(code).toBe(1)
})

it('tells a database that cannot be reached without its address', async () => {
  const { code, text } = await doctor({ DATABASE_URL: 'postgres://contoh:rahasia@127.0.0.1:9/balai' })
  expect(text).toMatch(/MUST {2}database: cannot be reached \(ECONNREFUSED\)/)
  expect(text).not.toContain('rahasia')
  expect(code).toBe(1)
})

it('sees folders and files that others can read', async () => {
  const [dataDir, key] = [join(home, 'data'), join(home, 'key')]
  await mkdir(dataDir)
  await writeFile(key, '{}')
  const config = readConfig({
    MODE: 'live',
    DATA_DIR: dataDir,
    SEALING_KEY_FILE: key,
    BACKUP_DIR: join(home, 'none', 'none'),
  })
  const about = async () =>
    (await lookAtPlaces(config)).filter(({ level }) => level === 'must').map(one => one.about)
  await chmod(dataDir, 0o755)
  await chmod(key, 0o644)
  expect(await about()).toEqual(['DATA_DIR', 'key file', 'backup keys', 'BACKUP_DIR'])
  await chmod(dataDir, 0o711)
  await chmod(key, 0o600)
  expect(await about()).toEqual(['backup keys', 'BACKUP_DIR'])
})

it('sees a port somebody else has', async () => {
  const server = createServer(socket => socket.destroy())
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  expect(await lookAtPort('127.0.0.1', port)).toMatchObject({ level: 'must', about: 'PORT' })
  await new Promise(done => server.close(done))
  expect(await lookAtPort('127.0.0.1', port)).toMatchObject({ level: 'good' })
})
