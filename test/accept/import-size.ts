import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { VACANCY_COLUMNS, vacancyCells } from '../../src/exchange/vacancy-row.ts'
import { writeTable } from '../../src/exchange/write-table.ts'
import { chance, someVacancy } from '../helpers/vacancies.ts'
import { type Check, progress, size } from './check.ts'

const launch = fileURLToPath(new URL('../../src/launch.mjs', import.meta.url))
/** Told by each process itself when it ends: the most it ever held, in KiB. */
const TELL_MEMORY = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => process.stderr.write('rss ' + process.resourceUsage().maxRSS + '\\n'))",
)}`

type Ran = { ok: boolean; said: string; seconds: number; mib: number }

/**
 * `npm run import -- vacancies` of `--rows` rows as CSV and as XLSX, each in a process of its own on a new database: under 60 s and
 * 300 MiB; the second time nothing changes. The control is the same table with one cell wrong near its end: none of it may be taken in.
 */
export const check: Check = {
  async run(flags) {
    const rows = size(flags, 'rows', 50_000)
    const folder = mkdtempSync(join(tmpdir(), 'balai-import-'))
    try {
      const random = chance(1)
      const cells = Array.from({ length: rows }, (_, n) => vacancyCells(someVacancy(random, `v${n}`)))
      const wrong = cells.map((row, n) =>
        n === rows - 2 ? row.with(VACANCY_COLUMNS.indexOf('jumlah'), 'dua') : row,
      )
      const file = async (name: string, format: 'csv' | 'xlsx', table: string[][]) => {
        const path = join(folder, name)
        writeFileSync(path, await writeTable({ columns: [...VACANCY_COLUMNS], rows: table }, format))
        return path
      }
      const csv = await file('vacancies.csv', 'csv', cells)
      const faulty = await file('wrong.csv', 'csv', wrong)
      const xlsx = await file('vacancies.xlsx', 'xlsx', cells)
      const ran: Record<string, Ran> = {}
      for (const [name, path, office] of [
        ['control', faulty, 'medan'],
        ['csv', csv, 'medan'],
        ['again', csv, 'medan'],
        ['xlsx', xlsx, 'lhokseumawe'],
      ] as const) {
        ran[name] = await bringIn(folder, path, office)
        progress(`${name}: ${ran[name].seconds} s, ${ran[name].mib} MiB, ${ran[name].said}`)
      }
      const taken = (name: string, changed: number) =>
        ran[name]?.said === `${rows} read: ${changed} new or changed, ${rows - changed} as they were.`
      const small = [ran.csv, ran.again, ran.xlsx].every(
        one => one !== undefined && one.seconds < 60 && one.mib < 300,
      )
      const controlRefused = ran.control?.ok === false
      // All of them are new after the control: it left nothing.
      const ok = small && controlRefused && taken('csv', rows) && taken('again', 0) && taken('xlsx', rows)
      const totals = Object.entries(ran).flatMap(([name, { seconds, mib }]) => [
        [`${name}Seconds`, seconds],
        [`${name}RssMiB`, mib],
      ])
      return { totals: { rows, ...Object.fromEntries(totals), controlRefused }, ok }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function bringIn(folder: string, path: string, office: string): Promise<Ran> {
  const began = performance.now()
  const child = spawn(
    process.execPath,
    [launch, 'import', 'vacancies', path, '--office', office, '--language', 'en'],
    {
      env: {
        ...process.env,
        NODE_OPTIONS: `--import ${TELL_MEMORY}`,
        DATA_DIR: join(folder, 'data'),
        DATABASE_URL: '',
        MODE: 'trial',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  let told = ''
  child.stderr.setEncoding('utf8').on('data', piece => {
    told += piece
  })
  const code = await new Promise<number | null>(done => child.once('close', done))
  const lines = told.trim().split('\n')
  return {
    ok: code === 0,
    said:
      lines.find(line => / read: /.test(line)) ??
      lines.find(line => line.includes('rror')) ??
      lines.at(-1) ??
      '',
    seconds: Math.round(performance.now() - began) / 1000,
    // The launcher's and the command's: the larger of the two.
    mib: Math.round(Math.max(...[...told.matchAll(/^rss (\d+)$/gm)].map(([, kib]) => Number(kib))) / 1024),
  }
}
