import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

type Locked = {
  version: string
  license?: string
  integrity?: string
  optional?: boolean
  hasInstallScript?: boolean
}

const asked = JSON.parse(read('package.json')) as Record<string, Record<string, string>>
const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> }
const page = read('docs/dependencies.md')

const groups = ['dependencies', 'devDependencies', 'optionalDependencies'] as const
const direct = groups.flatMap(group => Object.keys(asked[group] ?? {}))
/** Every package that may be installed, by where it lies; its name is what follows the last `node_modules/`. */
const tree = Object.entries(lock.packages)
  .filter(([place]) => place !== '')
  .map(([place, locked]) => ({
    name: place.slice(place.lastIndexOf('node_modules/') + 13),
    place,
    ...locked,
  }))

/** The first cells of the tables of one part of the page, each package by itself. */
function named(from: string, until: string): string[] {
  const part = page.slice(page.indexOf(from), page.indexOf(until))
  const rows = [...part.matchAll(/^\| (`[^|]+?) \|/gm)].map(([, cell = '']) => cell)
  return rows.flatMap(cell => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name))
}

const told = named('## Needed to run', '## Licences')
const [, allowed = ''] = /Allowed anywhere in the tree: ([\s\S]*?)\.\n\n/.exec(page) ?? []
const anywhere = new Set([...allowed.matchAll(/`([^`]+)`/g)].map(([, licence]) => licence))
const exceptions = named('Allowed by name', '## How they are taken in')

/** An expression is fine when one side of each OR is, and both of each AND. */
function isAllowed(expression: string): boolean {
  const bare = expression.replace(/[()]/g, '')
  if (bare.includes(' OR ')) return bare.split(' OR ').some(isAllowed)
  return bare.split(' AND ').every(one => anywhere.has(one))
}

function isException(name: string): boolean {
  return exceptions.some(one => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : name === one))
}

/** Packages whose licence is neither allowed nor an exception by name. */
function strangers(packages: readonly { name: string; license?: string }[]): string[] {
  return packages
    .filter(({ name, license = 'none' }) => !isAllowed(license) && !isException(name))
    .map(({ name, license = 'none' }) => `${name}: ${license}`)
}

describe('docs/dependencies.md', () => {
  it('tells of every package that package.json names, once, and of no other', () => {
    expect([...told].sort()).toEqual([...direct].sort())
  })

  it('says when each was looked at, and its licence as the package does', () => {
    const rows = page.split('\n').filter(line => /^\| `.*\| \d{4}-\d\d-\d\d \|$/.test(line))
    const cells = rows.map(row => row.split(' | '))
    expect(cells.flatMap(([names = '']) => names.match(/`[^`]+`/g) ?? [])).toHaveLength(direct.length)
    for (const [names = '', , , licence = ''] of cells)
      for (const [, name = ''] of names.matchAll(/`([^`]+)`/g)) {
        const said = lock.packages[`node_modules/${name}`]?.license?.replace(/[()]/g, '')
        expect(licence.startsWith(said ?? 'unknown'), `${name}: ${said}, not ${licence}`).toBe(true)
      }
  })
})

describe('the lockfile', () => {
  it('holds exact versions of what package.json names', () => {
    for (const group of groups)
      for (const [name, version] of Object.entries(asked[group] ?? {})) {
        expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/)
        expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version)
      }
  })

  it('has the SHA-512 of every package', () => {
    expect(
      tree.filter(({ integrity = '' }) => !integrity.startsWith('sha512-')).map(one => one.place),
    ).toEqual([])
  })

  it('runs no script of any package that is installed', () => {
    expect(read('.npmrc').split('\n')).toContain('ignore-scripts=true')
    const { allowScripts = {} } = JSON.parse(read('package.json')) as {
      allowScripts?: Record<string, boolean>
    }
    const scripted = [...new Set(tree.filter(one => one.hasInstallScript === true).map(one => one.name))]
    expect(Object.keys(allowScripts).sort()).toEqual(scripted.sort())
    expect(Object.values(allowScripts)).not.toContain(true)
    // A script before or after one of ours would be left out as well.
    expect(Object.keys(asked.scripts ?? {}).filter(name => /^(pre|post)/.test(name))).toEqual([])
  })

  it('has no licence but those allowed, and those allowed by name', () => {
    expect(strangers(tree)).toEqual([])
    expect(strangers([{ name: 'some-package', license: 'AGPL-3.0-only' }, { name: 'other' }])).toEqual([
      'some-package: AGPL-3.0-only',
      'other: none',
    ])
    expect(strangers([{ name: 'both', license: 'MIT AND GPL-3.0' }])).toHaveLength(1)
    expect(strangers([{ name: 'either', license: '(GPL-3.0 OR MIT)' }])).toEqual([])
  })

  it('has the one package under the GPL where it is optional, and no exception that nothing needs', () => {
    const gpl = tree.filter(({ license = '' }) => /\bGPL/.test(license) && !/LGPL/.test(license))
    expect(gpl.map(({ name, optional }) => ({ name, optional }))).toEqual([
      { name: 'libsignal', optional: true },
    ])
    for (const exception of exceptions)
      expect(
        tree.some(({ name }) =>
          exception.endsWith('*') ? name.startsWith(exception.slice(0, -1)) : name === exception,
        ),
        exception,
      ).toBe(true)
  })

  it('says of each licence what the installed package says', () => {
    const other = tree.filter(({ place, license }) => {
      const file = join(root, place, 'package.json')
      if (!existsSync(file)) return false
      const installed = JSON.parse(readFileSync(file, 'utf8')) as { license?: unknown }
      return typeof installed.license === 'string' && installed.license !== license
    })
    expect(other.map(({ place, license }) => `${place}: ${license}`)).toEqual([])
  })
})

describe('npm run sbom', () => {
  it('names every package of the lockfile, with its hash', () => {
    const made = spawnSync(process.execPath, [join(root, 'src', 'sbom.ts')], {
      encoding: 'utf8',
      maxBuffer: 1e8,
    })
    expect(made.stderr.includes('Error')).toBe(false)
    const bill = JSON.parse(made.stdout) as {
      bomFormat: string
      metadata: { component: { name: string } }
      components: { name: string; version: string; hashes?: { alg: string }[] }[]
    }
    expect(bill.bomFormat).toBe('CycloneDX')
    expect(bill.metadata.component.name).toBe('balai')
    const listed = new Set(bill.components.map(({ name, version }) => `${name}@${version}`))
    expect(
      [...new Set(tree.map(one => `${one.name}@${one.version}`))].filter(one => !listed.has(one)),
    ).toEqual([])
    expect(bill.components.filter(one => one.hashes?.[0]?.alg !== 'SHA-512')).toEqual([])
  })
})
