import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

/** Balai as `npm start` starts it, on a folder and a port of its own, and a browser. */
export type PagesHouse = { base: string; browser: Browser; stop(): Promise<void> }

export async function openPagesHouse(more: Record<string, string> = {}): Promise<PagesHouse> {
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] })
  const folder = mkdtempSync(join(tmpdir(), 'balai-pages-'))
  const port = await freePort()
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: { ...process.env, DATA_DIR: folder, PORT: String(port), MODE: 'trial', LOG_LEVEL: 'warn', ...more },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await isReady(child)
  return {
    base: `http://localhost:${port}`,
    browser,
    async stop() {
      await browser.close()
      const gone = new Promise(done => child.once('exit', done))
      child.kill('SIGTERM')
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function findChromium(): string {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const given = process.env.CHROMIUM
  for (const file of [
    ...(given ? [given] : []),
    ...folders.flatMap(folder => NAMES.map(name => join(folder, name))),
  ]) {
    try {
      accessSync(file, constants.X_OK)
      return file
    } catch {
      // Not this one: the next name, the next folder.
    }
  }
  throw new Error(
    'There is no Chromium on the path. Your move: docs/pages.md says how to get one, or set CHROMIUM.',
  )
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

function isReady(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    child.once('exit', code => fail(new Error(`Balai ended with ${code}.`)))
    child.stdout?.on('data', (said: Buffer) => {
      if (said.toString('utf8').includes('Balai is ready')) done()
    })
  })
}
