// Installs what is missing, then runs the wanted command under the Node of the lockfile, and hands stop orders on to it.
// This file and installed.mjs alone run under whatever Node is installed.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { findNode, install, modules, root, say } from './installed.mjs'

/** What each command runs, one after another, until one fails. Further arguments go to the last of them. */
const commands = {
  // 512 MiB in all: 256 old, twice 32 young, and 175 that are no heap. Left to itself V8 allows 4 GiB on a large machine, and
  // `lib/load.ts`, which turns away what would fill the heap, would look on until then.
  start: [['--max-old-space-size=256', '--max-semi-space-size=32', 'src/main.ts']],
  talk: [['src/talk.ts']],
  test: [['node_modules/vitest/vitest.mjs', 'run']],
  'test:pages': [['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.pages.config.ts']],
  check: [
    ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'],
    ['node_modules/typescript/bin/tsc', '--noEmit'],
    ['src/flows-check.ts'],
  ],
  'flows:check': [['src/flows-check.ts']],
  'flows:chart': [['src/flows-chart.ts']],
  staff: [['src/staff.ts']],
  groups: [['src/groups.ts']],
  'sign-in': [['src/sign-in.ts']],
  ikm: [['src/ikm.ts']],
  whatsapp: [['src/whatsapp.ts']],
  'telegram:fake': [['test/helpers/telegram/main.ts']],
  'whatsapp:fake': [['test/helpers/whatsapp-fake.ts']],
  ask: [['src/ask.ts']],
  'ask:why': [['src/ask-why.ts']],
  // Rows die young: without room to pile up, 50,000 of them take 230 MiB instead of 320, and no longer.
  import: [['--max-semi-space-size=4', 'src/import.ts']],
  export: [['src/export.ts']],
  approve: [['src/approve.ts']],
  unanswered: [['src/unanswered.ts']],
  'survey:report': [['src/survey-report.ts']],
  'survey:publish': [['src/survey-publish.ts']],
  'survey:plan': [['src/survey-plan.ts']],
  'survey:points': [['src/survey-points.ts']],
  backup: [['src/backup.ts']],
  restore: [['src/restore.ts']],
  keys: [['src/keys.ts']],
  access: [['src/access.ts']],
  affected: [['src/affected.ts']],
  leave: [['src/leave.ts']],
  'leave:import': [['src/leave-import.ts']],
  doctor: [['src/doctor.ts']],
  retention: [['src/retention.ts']],
  doors: [['src/doors.ts']],
  sbom: [['src/sbom.ts']],
  bench: [['bench/main.ts']],
  accept: [['test/accept/main.ts']],
}

let child
let told = false

/**
 * Hands the first stop order on, and no other. Ctrl-C in a terminal reaches the child by itself, as one of the same
 * group, and npm forwards a SIGTERM of its own: a second order must not look like impatience.
 */
function forward(signal) {
  if (told) return
  told = true
  if (signal === 'SIGINT' && process.stdin.isTTY) return
  child?.kill(signal)
}

/**
 * Started by npm and outliving it, we would hold the port and the database with nobody to stop us: npm's end is a stop order.
 * The scripts begin with `exec` so that npm is our parent and its signals reach us; a shell in between would swallow them.
 */
function followNpm() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) forward('SIGTERM')
  }, 200).unref()
}

/**
 * Where Node keeps what it made of our code, so that the next start reads it: half of the CPU of a start, 0.9 s of 1.8 s. Not for what
 * measures or tests the code itself. A folder that cannot be written is left alone by Node.
 */
function compiled(args) {
  return args.some(one => one.startsWith('src/'))
    ? { NODE_COMPILE_CACHE: join(modules, '.balai-compiled') }
    : {}
}

function run(node, args) {
  return new Promise(done => {
    const path = `${join(modules, '.bin')}${delimiter}${process.env.PATH ?? ''}`
    const env = { ...compiled(args), ...process.env, PATH: path }
    child = spawn(node, args, { cwd: root, stdio: 'inherit', env })
    child.on('error', error => {
      say(`${node} could not be started: ${error.message}`)
      done(1)
    })
    child.on('exit', (code, signal) => done(code ?? 128 + (constants.signals[signal] ?? 0)))
  })
}

const [name = '', ...rest] = process.argv.slice(2)
const steps = commands[name]
if (steps === undefined) {
  say(`There is no command "${name}". There are: ${Object.keys(commands).join(', ')}.`)
  process.exit(2)
}
// Before anything slow: a stop order during the installation ends npm, which is of our group, and then us.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => forward(signal))
followNpm()
install()
const node = findNode()
// An order given while npm ran is only heard now.
await new Promise(done => setImmediate(done))
let code = told ? 130 : 0
for (const [index, step] of steps.entries()) {
  if (told) break
  code = await run(node, index === steps.length - 1 ? [...step, ...rest] : step)
  if (code !== 0) break
}
process.exitCode = code
