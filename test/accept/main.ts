import { parseArgs } from 'node:util'
import type { Check, Flags } from './check.ts'

/** Every check by name. Loaded when asked for, so that one which cannot be loaded stops no other. */
const checks: Record<string, () => Promise<{ check: Check }>> = {
  'anon-canary': () => import('./anon-canary.ts'),
  broadcast: () => import('./broadcast.ts'),
  'audit-chain': () => import('./audit-chain.ts'),
  authz: () => import('./authz.ts'),
  clock: () => import('./clock.ts'),
  'clock-jump': () => import('./clock-jump.ts'),
  csrf: () => import('./csrf.ts'),
  csv: () => import('./csv.ts'),
  correction: () => import('./correction.ts'),
  'dump-canary': () => import('./dump-canary.ts'),
  'desk-rush': () => import('./desk-rush.ts'),
  dialogues: () => import('./dialogues.ts'),
  erase: () => import('./erase.ts'),
  enumerate: () => import('./enumerate.ts'),
  'disk-full': () => import('./disk-full.ts'),
  embedded: () => import('./embedded.ts'),
  'even-pace': () => import('./even-pace.ts'),
  expired: () => import('./expired.ts'),
  files: () => import('./files.ts'),
  flood: () => import('./flood.ts'),
  forge: () => import('./forge.ts'),
  'going-live': () => import('./going-live.ts'),
  fuzz: () => import('./fuzz.ts'),
  'group-content': () => import('./group-content.ts'),
  headers: () => import('./headers.ts'),
  hostile: () => import('./hostile.ts'),
  'import-size': () => import('./import-size.ts'),
  impostor: () => import('./impostor.ts'),
  'k-anon': () => import('./k-anon.ts'),
  json: () => import('./json.ts'),
  keys: () => import('./keys.ts'),
  kill: () => import('./kill.ts'),
  leave: () => import('./leave.ts'),
  leader: () => import('./leader.ts'),
  'llm-down': () => import('./llm-down.ts'),
  'llm-indirect': () => import('./llm-indirect.ts'),
  'llm-mask': () => import('./llm-mask.ts'),
  'llm-obey': () => import('./llm-obey.ts'),
  'log-canary': () => import('./log-canary.ts'),
  matcher: () => import('./matcher.ts'),
  migrate: () => import('./migrate.ts'),
  order: () => import('./order.ts'),
  outage: () => import('./outage.ts'),
  overload: () => import('./overload.ts'),
  poison: () => import('./poison.ts'),
  redeliver: () => import('./redeliver.ts'),
  session: () => import('./session.ts'),
  restore: () => import('./restore.ts'),
  retention: () => import('./retention.ts'),
  rolling: () => import('./rolling.ts'),
  race: () => import('./race.ts'),
  role: () => import('./role.ts'),
  redos: () => import('./redos.ts'),
  rights: () => import('./rights.ts'),
  slowloris: () => import('./slowloris.ts'),
  soak: () => import('./soak.ts'),
  ssrf: () => import('./ssrf.ts'),
  stop: () => import('./stop.ts'),
  sqli: () => import('./sqli.ts'),
  storm: () => import('./storm.ts'),
  'wa-queue': () => import('./wa-queue.ts'),
  'survey-separation': () => import('./survey-separation.ts'),
  unicode: () => import('./unicode.ts'),
  upgrade: () => import('./upgrade.ts'),
  'wa-shapes': () => import('./wa-shapes.ts'),
  wire: () => import('./wire.ts'),
  xss: () => import('./xss.ts'),
}

/** `--points 100`, `--points=100` and a bare `--quick` alike. */
function flagsOf(args: string[]): Flags {
  const { tokens } = parseArgs({ args, strict: false, allowPositionals: true, tokens: true })
  const flags: Flags = {}
  let last: string | undefined
  for (const token of tokens) {
    if (token.kind === 'option') {
      flags[token.name] = token.value ?? ''
      last = token.value === undefined ? token.name : undefined
    } else if (token.kind === 'positional' && last !== undefined) {
      flags[last] = token.value
      last = undefined
    }
  }
  return flags
}

const [name = '', ...rest] = process.argv.slice(2)
const listed = `There are:\n  ${Object.keys(checks).join('\n  ')}\n`
if (name === '--help' || name === '-h') {
  process.stdout.write(
    `npm run accept -- NAME [flags]     one long proof; its flags stand at its head\n${listed}`,
  )
  process.exit(0)
}
const load = Object.hasOwn(checks, name) ? checks[name] : undefined
if (load === undefined) {
  process.stderr.write(`There is no check "${name}". ${listed}`)
  process.exit(2)
}
const began = performance.now()
const { check } = await load()
const { totals, ok } = await check.run(flagsOf(rest))
const seconds = Math.round((performance.now() - began) / 100) / 10
process.stdout.write(`${JSON.stringify({ check: name, ok, ...totals, seconds })}\n`)
// Not left to the last open handle: a check that holds is over when it says so.
process.exit(ok ? 0 : 1)
