import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Check, progress } from './check.ts'

const root = join(import.meta.dirname, '../..')
const CHANNELS = ['telegram', 'whatsapp', 'whatsapp-cloud']
/** Of the tests, the one that lets transcripts say what is not so, and must see them fail. */
const CONTROL = 'notices what is not said'

type Report = {
  testResults: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }[]
}

/**
 * Every transcript of `test/dialogues` is lived through on `--channel` telegram, whatsapp or whatsapp-cloud (without it on all of
 * them), by real adapters against fake platforms, as it is written. `npm test` walks the same tests, where a channel is slow with
 * a sample of them.
 */
export const check: Check = {
  async run({ channel }) {
    if (channel !== undefined && !CHANNELS.includes(channel))
      throw new Error(`--channel is any of ${CHANNELS.join()}, not "${channel}".`)
    const totals: Record<string, number> = { transcripts: 0, failed: 0, controlsSeen: 0 }
    const asked = channel === undefined ? CHANNELS : [channel]
    for (const one of asked) {
      const tests = await walkAll(one)
      const walked = tests.filter(({ title }) => !title.startsWith(CONTROL))
      for (const { title, failureMessages } of walked.filter(isFailed))
        progress(`${title}: ${failureMessages.join('\n').slice(0, 400)}`)
      totals.transcripts = (totals.transcripts ?? 0) + walked.length
      totals.failed = (totals.failed ?? 0) + walked.filter(isFailed).length
      totals.controlsSeen =
        (totals.controlsSeen ?? 0) + tests.filter(test => !walked.includes(test) && !isFailed(test)).length
      totals[one] = walked.length
    }
    const isWhole = asked.every(one => (totals[one] ?? 0) > 200)
    return { totals, ok: totals.failed === 0 && isWhole && totals.controlsSeen === asked.length }
  },
}

const isFailed = ({ status }: { status: string }) => status !== 'passed'

async function walkAll(channel: string) {
  const folder = await mkdtemp(join(tmpdir(), 'balai-accept-dialogues-'))
  const file = join(folder, 'report.json')
  try {
    progress(`on ${channel}`)
    const args = [
      'run',
      `test/channels/${channel}/dialogues.test.ts`,
      '--reporter=json',
      `--outputFile=${file}`,
    ]
    const vitest = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...args], {
      cwd: root,
      env: { ...process.env, DIALOGUES: 'all' },
      stdio: 'ignore',
    })
    await new Promise(done => vitest.once('close', done))
    const report = JSON.parse(await readFile(file, 'utf8')) as Report
    return report.testResults.flatMap(({ assertionResults }) => assertionResults)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
