import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { assemble } from '../src/doors/assembled.ts'
import { doorsFound, type Found } from '../src/doors/found.ts'
import { joinDoors, TOLD } from '../src/doors/list.ts'
import { doorsPage } from '../src/doors/page.ts'
import { DUTIES } from '../src/records/duties.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

const [trial, live] = [await assemble('trial'), await assemble('live')]
const found = doorsFound(trial, live)
const { doors, problems } = joinDoors(found, TOLD)

describe('the list of doors', () => {
  it('tells of every door, and of none that is gone', () => {
    expect(problems).toEqual([])
    expect(doors).toHaveLength(found.length)
  })

  it('is the page in docs, made by npm run doors -- --write', () => {
    expect(read('docs/doors.md')).toBe(doorsPage(doors))
  })

  it('notices a route nobody told of, one that is gone, and one told of twice', () => {
    const fresh: Found = { kind: 'address', name: 'GET /:office/secret' }
    expect(joinDoors([...found, fresh], TOLD).problems).toEqual([
      expect.stringContaining('"GET /:office/secret" is a door nobody told of'),
    ])
    expect(joinDoors(found.slice(1), TOLD).problems).toEqual([expect.stringContaining('no such door')])
    expect(joinDoors(found, [...TOLD, ...TOLD.slice(0, 1)]).problems).not.toEqual([])
  })

  it('notices a route that was hung into the app, whoever did it', () => {
    trial.app.get('/backstage', c => c.text('hello'))
    const { problems: now } = joinDoors(doorsFound(trial, live), TOLD)
    expect(now).toEqual([expect.stringContaining('"GET /backstage" is a door nobody told of')])
  })

  it('sees the doors that main opens', () => {
    const [, opened = ''] = /buildApp\(\{[\s\S]*?doors: \[([\s\S]*?)\n {6}\],/.exec(read('src/main.ts')) ?? []
    expect(opened.match(/\.\.\.\w+/g)).toEqual(['...doors', '...openDoors'])
    expect(read('src/main.ts')).not.toMatch(/\bapp\.(?:get|post|put|patch|delete|all|on|use|route|mount)\(/)
  })

  it('has the commands of the launcher', () => {
    const [, table = ''] = /const commands = \{\n([\s\S]*?)\n\}/.exec(read('src/launch.mjs')) ?? []
    const names = [...table.matchAll(/^ {2}'?([\w:-]+)'?:/gm)].map(([, name]) => name)
    expect(doors.filter(door => door.kind === 'command').map(door => door.name)).toEqual(names)
  })
})

describe('who opens what', () => {
  const pages = doors.filter(door => door.kind === 'page of staff')

  it('names at least one duty for every page of staff, and none that is not there', () => {
    for (const { name, duties = [] } of pages) {
      expect(duties.length, name).toBeGreaterThan(0)
      expect(DUTIES, name).toEqual(expect.arrayContaining([...duties]))
    }
  })

  it('lets administrators and the protection officer read no report', () => {
    const mayRead = pages.filter(({ name }) => name.includes('/tickets') || name.includes('/exports'))
    expect(mayRead.length).toBeGreaterThan(5)
    for (const { name, duties = [] } of mayRead)
      expect(
        duties.filter(duty => duty === 'administrator' || duty === 'protection'),
        name,
      ).toEqual([])
  })

  it('asks for the second factor where identities, recipients, rows or keys leave', () => {
    const proved = pages.filter(({ limits }) => limits.includes('second factor')).map(({ name }) => name)
    expect(proved).toEqual(
      expect.arrayContaining([
        'POST /tickets/:code/open',
        'POST /announcements/:id/recipients',
        'POST /exports/tickets',
        'POST /exports/reports',
        'GET /surveys/:id/export',
        'POST /staff/:id/factor',
        'POST /channels/whatsapp',
      ]),
    )
  })

  it('says that a deed is logged, for every deed but leaving, proving oneself and looking', () => {
    const silent = pages.filter(({ name, logs }) => name.startsWith('POST') && !logs.startsWith('audit'))
    expect(silent.map(({ name }) => name)).toEqual([
      'POST /views',
      'POST /import',
      'POST /flows/:flow/try',
      'POST /me/factor',
      'POST /sign-out',
    ])
  })

  it('knows of live mode that the example people and the browser view of desks are not there', () => {
    const names = live.app.routes.map(({ method, path }) => `${method} ${path}`)
    expect(names).not.toContain('POST /sign-in/trial/:office')
    expect(names).not.toContain('POST /trial/:office/desks/:desk/messages')
    expect(names).toContain('POST /telegram/:office')
  })
})
