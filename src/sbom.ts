import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { commandLine } from './command-line.ts'

commandLine(
  'npm run -s sbom > FILE     the software bill of materials of all that may be installed, CycloneDX as JSON',
  {},
)

const root = fileURLToPath(new URL('..', import.meta.url))
const WANTED = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only']

/**
 * `npm run sbom`: the software bill of materials, CycloneDX in JSON, of everything the lockfile may install. npm makes it from the
 * lockfile alone, without a network; of the project it knows but the folder's name, so that is put right.
 */
function billOfMaterials(): unknown {
  const script = process.env.npm_execpath
  const options = { cwd: root, encoding: 'utf8' as const, maxBuffer: 64 * 1024 * 1024 }
  const made = script?.endsWith('.js')
    ? spawnSync(process.execPath, [script, ...WANTED], options)
    : spawnSync('npm', WANTED, { ...options, shell: process.platform === 'win32' })
  if (made.status !== 0)
    throw new Error(
      `npm made no bill of materials: ${made.stderr ?? made.error?.message}. It takes npm 9.5 or newer.`,
    )
  const bill = JSON.parse(made.stdout) as { metadata: { component: { name: string } } }
  const { name } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    name: string
  }
  bill.metadata.component.name = name
  return bill
}

process.stdout.write(`${JSON.stringify(billOfMaterials(), null, 2)}\n`)
