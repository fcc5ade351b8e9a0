import { expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { lookAtChannels } from '../../src/doctor/channels.ts'
import { lookAtArticles, lookAtOffice, lookAtStaff } from '../../src/doctor/content.ts'
import { judgeSettings, judgeWay, lookAtDatabase } from '../../src/doctor/database.ts'
import { type Finding, report } from '../../src/doctor/finding.ts'
import { lookAtMachine } from '../../src/doctor/machine.ts'
import { judgeRelease } from '../../src/doctor/release.ts'
import { judgeReplica } from '../../src/doctor/replica.ts'
import { judgeRole, lookAtRole } from '../../src/doctor/role.ts'
import { judgeVacuum, lookAtVacuum } from '../../src/doctor/vacuum.ts'
import { testDatabase } from '../helpers/database.ts'
import { houses } from '../helpers/line.ts'

const GIB = 1024 ** 3
const { db, owner } = await testDatabase()
const medan = houses.houses.get('medan')
if (medan === undefined) throw new Error('There is no Medan.')
const confirmed = { ...medan.calendar.hours, confirmed: true }
const ready = {
  ...medan,
  office: { ...medan.office, example: false, contacts: [], hours: confirmed },
  calendar: { ...medan.calendar, years: new Set([2026, 2027]) },
}
const now = new Date('2026-11-23T02:00:00Z')
const wayTo = (url: string) => [judgeWay('DATABASE_URL', url)].filter(one => one !== undefined)

const machine = {
  node: '24.21.0',
  memory: 4 * GIB,
  space: { free: 40 * GIB, total: 100 * GIB },
  dataDir: '/srv/balai',
}
const settings = {
  version: '18.4',
  number: 180_004,
  encoding: 'UTF8',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  recovering: false,
  creates: true,
  free: 90,
  skew: 3,
}
const vacuum = { autovacuum: 'on', age: 1_000_000, dead: [], oldest: 2, slots: [], bytes: 3 * GIB }
const live = {
  MODE: 'live',
  DATA_DIR: '/srv/balai',
  SEALING_KEY_FILE: '/etc/balai/key',
  TRUSTED_PROXIES: '127.0.0.1',
}
const url = { PUBLIC_URL: 'https://lapor.example.go.id' }
const bot = `TELEGRAM_TOKEN_MEDAN`
const token = `123456:${'a'.repeat(35)}`

const onMachine = (of: Partial<typeof machine>) => lookAtMachine({ ...machine, mode: 'live', ...of })
const onChannels = (env: Record<string, string>) =>
  lookAtChannels(readConfig({ ...live, ...env }), new Map([['medan', medan]]))
const onOffice = (of: object) => lookAtOffice({ ...ready, ...of }, 'live', now)
const levels = (found: Finding[]) => found.map(({ level }) => level)

it.each<[string, Finding[]]>([
  ['an ordinary machine', onMachine({})],
  ['a database as it should be', judgeSettings(settings)],
  ['a release without known holes', [judgeRelease(180_006)]],
  ['a vacuum that keeps up', judgeVacuum(vacuum)],
  ['a role with rights on rows alone', [judgeRole([], true)]],
  ['a replica on time', [judgeReplica({ replica: true, late: 2 })]],
  ['channels as they should be', onChannels({ ...url, [bot]: token })],
  [
    'channels of an office whose files cannot be read, which is said elsewhere',
    lookAtChannels(readConfig({ ...live, ...url, [bot]: token }), new Map()),
  ],
  ['an office whose facts are confirmed', onOffice({})],
  [
    'articles of the law',
    [lookAtArticles('medan', [{ class: 'law', valid_until: null, checked_by: null }], '2026-11-23')],
  ],
])('has nothing to say of %s', (_, found) => expect(new Set(levels(found))).toEqual(new Set(['good'])))

it.each<[string, 'must' | 'note', RegExp, Finding[]]>([
  ['an old Node', 'must', /too old/, onMachine({ node: '20.20.2' })],
  ['little memory', 'must', /not enough/, onMachine({ memory: GIB / 2 })],
  ['a small memory', 'note', /small office/, onMachine({ memory: GIB })],
  ['a full disk', 'must', /no message/, onMachine({ space: { free: GIB / 8, total: 100 * GIB } })],
  ['a nearly full disk', 'must', /no file/, onMachine({ space: { free: 2 * GIB, total: 100 * GIB } })],
  [
    'a disk that fills',
    'note',
    /before it is needed/,
    onMachine({ space: { free: 8 * GIB, total: 100 * GIB } }),
  ],
  [
    'an old PostgreSQL',
    'must',
    /15 or newer/,
    judgeSettings({ ...settings, version: '14.2', number: 140_002 }),
  ],
  ['a release with known holes', 'note', /17\.11/, [judgeRelease(170_009)]],
  ['a wrong encoding', 'must', /template0/, judgeSettings({ ...settings, encoding: 'LATIN1' })],
  ['fsync off', 'must', /fsync = on/, judgeSettings({ ...settings, fsync: 'off' })],
  ['torn pages', 'must', /full_page_writes = on/, judgeSettings({ ...settings, full_page_writes: 'off' })],
  [
    'commits that do not wait',
    'must',
    /acknowledged/,
    judgeSettings({ ...settings, synchronous_commit: 'off' }),
  ],
  ['a replica', 'must', /primary/, judgeSettings({ ...settings, recovering: true, creates: false })],
  ['a user without rights', 'must', /grant create/, judgeSettings({ ...settings, creates: false })],
  ['few connections', 'must', /max_connections/, judgeSettings({ ...settings, free: 4 })],
  ['autovacuum off', 'must', /autovacuum = on/, judgeVacuum({ ...vacuum, autovacuum: 'off' })],
  [
    'transactions near their end',
    'must',
    /vacuum \(freeze\)/,
    judgeVacuum({ ...vacuum, age: 1_600_000_000 }),
  ],
  ['transactions not frozen', 'note', /600 million/, judgeVacuum({ ...vacuum, age: 600_000_000 })],
  ['dead rows', 'note', /outbox/, judgeVacuum({ ...vacuum, dead: ['outbox: 900000 of 1000000'] })],
  ['a transaction left open', 'note', /3 h/, judgeVacuum({ ...vacuum, oldest: 3 * 3600 })],
  ['a slot nobody reads', 'must', /drop it/, judgeVacuum({ ...vacuum, slots: ['jauh'] })],
  ['a database elsewhere, in the clear', 'note', /sslmode/, wayTo('postgres://a:b@db.example.go.id/balai')],
  [
    'a database elsewhere, perhaps in the clear',
    'note',
    /sslmode/,
    wayTo('postgres://a:b@10.0.0.5/balai?sslmode=prefer'),
  ],
  ['one role for all', 'note', /DATABASE_OWNER_URL/, [judgeRole(['it owns tables'], false)]],
  ['a role that may do more', 'note', /a superuser.*take that/, [judgeRole(['it is a superuser'], true)]],
  ['a replica that is none', 'must', /no replica/, [judgeReplica({ replica: false, late: 0 })]],
  ['a replica that is late', 'note', /10 minutes/, [judgeReplica({ replica: true, late: 600 })]],
  ['a clock a minute off', 'must', /60\.0 s/, judgeSettings({ ...settings, skew: 60_000 })],
  ['a clock seconds off', 'note', /5\.0 s/, judgeSettings({ ...settings, skew: 5000 })],
  [
    'an address of this network',
    'must',
    /no platform can call/,
    onChannels({
      PUBLIC_URL: 'https://192.168.1.4',
      TELEGRAM_MEDAN: 'webhook',
      [bot]: token,
      TELEGRAM_SECRET_MEDAN: 'abcdefghijklmnop',
    }),
  ],
  [
    'a proxy nobody named',
    'note',
    /share one limit/,
    onChannels({ ...url, [bot]: token, TRUSTED_PROXIES: '' }),
  ],
  [
    'one bot for two offices',
    'must',
    /same bot/,
    onChannels({ ...url, [bot]: token, TELEGRAM_TOKEN_LHOKSEUMAWE: token }),
  ],
  [
    'variables of nobody',
    'note',
    /not served/,
    onChannels({ ...url, [bot]: token, TELEGRAM_TOKEN_BANDA: `99${token}` }),
  ],
  [
    'a year without a calendar',
    'must',
    /2026\.yaml/,
    onOffice({ calendar: { ...ready.calendar, years: new Set([2027]) } }),
  ],
  [
    'a coming year without one',
    'note',
    /2027\.yaml/,
    onOffice({ calendar: { ...ready.calendar, years: new Set([2026]) } }),
  ],
  [
    'hours nobody confirmed',
    'must',
    /opening hours/,
    onOffice({ office: { ...ready.office, hours: { ...confirmed, confirmed: false } } }),
  ],
  [
    'articles nobody confirmed',
    'note',
    /1 of 1/,
    [lookAtArticles('medan', [{ class: 'event', valid_until: null, checked_by: null }], '2026-11-23')],
  ],
  [
    'a desk nobody reads',
    'must',
    /--desk general/,
    lookAtStaff(medan, { people: 1, groups: new Set() }, 'live'),
  ],
  [
    'an office without staff',
    'must',
    /staff -- add/,
    lookAtStaff(medan, { people: 0, groups: new Set(Object.keys(medan.office.desks)) }, 'live'),
  ],
])('sees %s, and says whose move it is', (_, level, words, found) => {
  const one = found.find(finding => words.test(finding.words))
  expect(one?.level, report(found)).toBe(level)
  expect(one?.words).toMatch(/move/)
})

it('knows the database it is shown: only what a test server leaves off', async () => {
  const found = await lookAtDatabase(owner.db.pool)
  for (const { level, words } of found)
    expect(level === 'must' ? words : 'is off: a test need not last').toContain('is off:')
  expect(found.at(-1)).toMatchObject({ about: 'schema', level: 'good' })
  await owner.db.pool.query(
    `insert into drizzle.__drizzle_migrations (hash, created_at) values ('of-the-future', 4102444800000)`,
  )
  expect((await lookAtDatabase(owner.db.pool)).at(-1)).toMatchObject({ about: 'schema', level: 'must' })
})

it('says what the role of the program may do beyond rows', async () => {
  expect(await lookAtRole(owner.db.pool, true)).toMatchObject({
    level: 'note',
    words: expect.stringMatching(
      /it makes tables in public, it owns tables, it changes the audit log.*Your move/,
    ),
  })
  expect((await lookAtRole(db.pool, true)).words).toMatch(/more than it needs: it makes temporary tables\./)
  const { rows } = await owner.db.pool.query<{ name: string }>('select current_database() as name')
  await owner.db.pool.query(`revoke temporary on database ${rows[0]?.name} from public`)
  expect(await lookAtRole(db.pool, true)).toMatchObject({ level: 'good' })
})

it('puts what must be done last, and counts it', () => {
  const text = report([...onMachine({ memory: GIB / 2 }), ...judgeSettings(settings)])
  expect(text.trimEnd().split('\n').slice(-2)[0]).toMatch(/^MUST {2}memory/)
  expect(text).toMatch(/1 thing must be done\.\n$/)
})

it('finds nothing to vacuum in a database of today', async () => {
  expect(levels(await lookAtVacuum(db.pool))).toEqual(['good'])
})

it.each([
  ['postgres://a:b@localhost/balai', undefined],
  ['postgres://a:b@127.0.0.1:5433/balai', undefined],
  ['postgres:///balai?host=/run/postgresql', undefined],
  ['postgres://a:b@db.example.go.id/balai?sslmode=verify-full', 'good'],
])('says of the way to %s: %s', (url, level) => expect(wayTo(url)[0]?.level).toBe(level))
