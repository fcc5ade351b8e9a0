import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { progress } from '../check.ts'
import { noStops, type Stops } from './stop-children.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const SESSIONS = 10
/** Below what a session may send in one go, so that nothing waits for a limit. */
const MESSAGES = 15
const STOP_MS = 10_000

type Line = { from: 'bot' | 'staff' | 'citizen' }
type Whole = { url: string; npm: ChildProcess; ended: Promise<number | string> }

/** The whole program, started and stopped as people do, on one DATA_DIR; citizens speak to it over HTTP. */
export async function stopWhole(rounds: number): Promise<Stops> {
  const stops = noStops()
  const dataDir = await mkdtemp(join(tmpdir(), 'balai-accept-stop-'))
  await chmod(dataDir, 0o755)
  try {
    let whole = await start(dataDir)
    for (let round = 0; round < rounds; round += 1) {
      const sessions = await Promise.all(Array.from({ length: SESSIONS }, () => openSession(whole.url)))
      let open = SESSIONS * MESSAGES
      const here = { url: whole.url }
      const posted = sessions.flatMap(session =>
        Array.from({ length: MESSAGES }, async (_, n) => {
          await post(here, session, `m${n}`)
          open -= 1
        }),
      )
      await pause(10 + Math.random() * 100)
      if (open > 0) stops.underLoad += 1
      const began = performance.now()
      order(whole, round % 2 === 0 ? 'SIGTERM' : 'SIGINT')
      const how = await ends(whole)
      const ms = Math.round(performance.now() - began)
      stops.slowestMs = Math.max(stops.slowestMs, ms)
      if (how === 0 && ms < STOP_MS) stops.cleanExits += 1
      else progress(`npm start, round ${round}: ended with ${how} after ${ms} ms`)
      whole = await start(dataDir)
      here.url = whole.url
      await Promise.all(posted)
      for (const session of sessions) await count(stops, whole.url, session)
      progress(`npm start, ${round + 1} stops: ${JSON.stringify(stops)}`)
    }
    order(whole, 'SIGTERM')
    await ends(whole)
    return stops
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function start(dataDir: string): Promise<Whole> {
  const npm = spawn('npm', ['start'], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir, OFFICES: 'medan', LOG_LEVEL: 'silent' },
  })
  const ended = new Promise<number | string>(done =>
    npm.once('close', (code, signal) => done(code ?? signal ?? -1)),
  )
  const url = await new Promise<string>((done, failed) => {
    npm.stdout.on('data', (words: Buffer) => {
      const [, found] = /ready at (http:\S+)/.exec(String(words)) ?? []
      if (found !== undefined) done(found)
    })
    ended.then(how => failed(new Error(`npm start ended with ${how} before it was ready.`)))
  })
  return { url, npm, ended }
}

/** As a supervisor stops a service, or as Ctrl-C in a terminal reaches everybody, and once more out of impatience. */
function order({ npm }: Whole, signal: 'SIGTERM' | 'SIGINT'): void {
  if (npm.pid === undefined) return
  if (signal === 'SIGTERM') {
    npm.kill(signal)
    return
  }
  process.kill(-npm.pid, signal)
  process.kill(-npm.pid, signal)
}

async function ends({ npm, ended }: Whole): Promise<number | string> {
  const force = setTimeout(() => npm.pid !== undefined && process.kill(-npm.pid, 'SIGKILL'), 2 * STOP_MS)
  const how = await ended
  clearTimeout(force)
  return how
}

async function openSession(url: string): Promise<string> {
  const answer = await fetch(`${url}/chat/medan/sessions`, { method: 'POST', body: '{}', headers: JSON_TYPE })
  const { session } = (await answer.json()) as { session: string }
  return session
}

const JSON_TYPE = { 'content-type': 'application/json' }

/** Says it until it is received, wherever the program is by then. */
async function post(here: { url: string }, session: string, id: string): Promise<void> {
  for (;;) {
    try {
      const answer = await fetch(`${here.url}/chat/medan/messages`, {
        method: 'POST',
        headers: JSON_TYPE,
        body: JSON.stringify({ session, id, text: 'menu' }),
      })
      if (answer.ok) return
    } catch {
      // Nobody is there just now: said again below.
    }
    await pause(100)
  }
}

/** Every message stands in the chat once, and has one answer. */
async function count(stops: Stops, url: string, session: string): Promise<void> {
  const until = performance.now() + 10_000
  for (;;) {
    const answer = await fetch(`${url}/chat/medan/messages?session=${session}&after=0`)
    const { messages } = (await answer.json()) as { messages: Line[] }
    const said = messages.filter(({ from }) => from === 'citizen').length
    const replies = messages.filter(({ from }) => from === 'bot').length
    const whole = said >= MESSAGES && replies >= MESSAGES
    if (!whole && performance.now() < until) {
      await pause(50)
      continue
    }
    stops.acknowledged += MESSAGES
    stops.lost += Math.max(0, MESSAGES - said, MESSAGES - replies)
    stops.dup += Math.max(0, said - MESSAGES, replies - MESSAGES)
    return
  }
}
