import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readConfig } from '../src/config.ts'
import { Variables } from '../src/variables.ts'
import { testDatabase } from './helpers/database.ts'
import { startArguments } from './helpers/start-arguments.ts'

const {
  owner: { db },
} = await testDatabase()
const read = (file: string) => readFileSync(join('deploy', file), 'utf8')
const known = new Set([...Object.keys(Variables.shape), 'NODE_ENV'])

/** Instructions of a Dockerfile, continued lines joined. */
const instructions = read('Dockerfile')
  .replace(/^#.*$/gm, '')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter(line => line.trim() !== '')
  .map(line => /^(\w+)\s+(.*)$/.exec(line) ?? [])
const all = (name: string) => instructions.filter(([, word]) => word === name).map(([, , rest = '']) => rest)

describe('the image', () => {
  it('runs Node 24 as nobody special, and checks whether it is alive', () => {
    expect(all('FROM').every(image => image.startsWith('node:24-'))).toBe(true)
    expect(all('USER').at(-1)).toBe('node')
    expect(all('HEALTHCHECK')[0]).toContain('/healthz')
    expect(all('STOPSIGNAL')).toEqual(['SIGTERM'])
  })

  it('holds everything src/main.ts needs, and nothing that is not there', () => {
    const copied = all('COPY')
      .filter(what => !what.startsWith('--from'))
      .flatMap(what => what.split(' ').slice(0, -1))
    expect(copied.filter(path => !existsSync(path))).toEqual([])
    expect(copied).toEqual(expect.arrayContaining(['package.json', 'src', 'flows', 'prompts']))
    expect(existsSync('src/main.ts')).toBe(true)
    const letIn = readFileSync('.dockerignore', 'utf8')
    for (const path of copied) expect(letIn).toContain(`!${path}`)
  })

  it('starts as `npm start` does, with the same bounds of memory', () => {
    expect(JSON.parse(all('CMD')[0] ?? '[]')).toEqual(startArguments())
    expect(startArguments().at(-1)).toBe('src/main.ts')
  })

  it('is live mode, in words the configuration takes, with the keys outside the records', () => {
    const set = Object.fromEntries((all('ENV')[0] ?? '').split(' ').map(pair => pair.split('=')))
    expect(Object.keys(set).filter(name => !known.has(name))).toEqual([])
    expect(readConfig(set)).toMatchObject({
      mode: 'live',
      dataDir: '/data',
      sealingKeyFile: '/keys/sealing.key',
    })
  })
})

describe('the compose file', () => {
  const { services, volumes, secrets } = parse(read('compose.yaml'), { merge: true })
  const { balai, postgres, roles, caddy } = services

  it('gives Balai a file system that is only read, no rights, and time to stop', () => {
    expect(balai).toMatchObject({ read_only: true, init: true, cap_drop: ['ALL'], stop_grace_period: '15s' })
    expect(balai.privileged).toBeUndefined()
    expect(balai.security_opt).toContain('no-new-privileges:true')
    expect(existsSync(join('deploy', balai.build.context, balai.build.dockerfile))).toBe(true)
  })

  it('names only variables there are, and starts a live house by them', () => {
    expect(Object.keys(balai.environment).filter(name => !known.has(name))).toEqual([])
    const given = { BALAI_HOST: 'lapor.example.go.id', POSTGRES_PASSWORD: 'contoh' }
    const filled = JSON.parse(
      JSON.stringify(balai.environment).replace(
        /\$\{(\w+)[^}]*\}/g,
        (_, name: keyof typeof given) => given[name],
      ),
    )
    const config = readConfig({ ...filled, SEALING_KEY_FILE: '/keys/sealing.key', DATA_DIR: '/data' })
    expect(config).toMatchObject({
      databaseUrl: 'postgres://balai_program:contoh@postgres:5432/balai',
      databaseOwnerUrl: 'postgres://balai:contoh@postgres:5432/balai',
      publicUrl: 'https://lapor.example.go.id',
    })
  })

  it('keeps every folder that must outlive a container, and waits for the database', () => {
    for (const service of [balai, postgres, roles, caddy])
      for (const mount of service.volumes as string[]) {
        const [from = ''] = mount.replace(/\$\{\w+:-([^}]*)\}/, '$1').split(':')
        expect(from.startsWith('.') ? existsSync(join('deploy', from)) : from in volumes, mount).toBe(true)
      }
    expect(balai.depends_on.postgres.condition).toBe('service_healthy')
    expect(roles.depends_on.postgres.condition).toBe('service_healthy')
    expect(balai.depends_on.roles.condition).toBe('service_completed_successfully')
    expect(postgres.healthcheck.test.join()).toContain('pg_isready')
    expect(Object.keys(secrets)).toEqual(balai.secrets)
  })

  it('lets the world reach Caddy alone', () => {
    expect([balai.ports, postgres.ports, roles.ports]).toEqual([undefined, undefined, undefined])
    expect(caddy.ports).toContain('443:443')
    expect(balai.environment.TRUSTED_PROXIES).toBe(
      parse(read('compose.yaml'), { merge: true }).networks.inside.ipam.config[0].subnet,
    )
  })
})

it('the role of the program is made as often as asked, and may only sign in', async () => {
  const program = `roles_test_${process.pid}`
  const { services } = parse(read('compose.yaml'), { merge: true })
  expect(services.roles.environment.PGOPTIONS.match(/balai\.\w+(?==)/g)).toEqual([
    'balai.program',
    'balai.program_password',
  ])
  const client = await db.pool.connect()
  try {
    await client.query(`set balai.program = '${program}'; set balai.program_password = 'contoh'`)
    for (let times = 0; times < 2; times += 1) await client.query(read('roles.sql'))
    const { rows } = await client.query(
      `select rolcanlogin as signs_in, rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls as more,
         has_database_privilege(rolname, current_database(), 'create, temporary') as makes,
         has_schema_privilege(rolname, 'public', 'create') as tables from pg_roles where rolname = $1`,
      [program],
    )
    expect(rows).toEqual([{ signs_in: true, more: false, makes: false, tables: false }])
  } finally {
    await client.query(`drop role if exists ${program}`)
    client.release()
  }
})

describe.each(['Caddyfile', 'nginx.conf'])('the proxy of %s', file => {
  const text = read(file).replace(/^\s*#.*$/gm, '')

  it('is whole', () => {
    const depth = (sign: string) => text.split(sign).length
    expect(depth('{')).toBe(depth('}'))
  })

  it('hides inner doors, holds nothing back, and takes a file of 10 MB', () => {
    for (const door of ['metrics', 'healthz', 'readyz']) expect(text).toContain(door)
    expect(text).toMatch(/flush_interval -1|proxy_buffering off/)
    expect(text).toMatch(/12m/i)
  })

  it('keeps browsers to https, once, and sends no program there that forgot it', () => {
    expect(text.match(/Strict-Transport-Security "max-age=31536000; includeSubDomains"/g)).toHaveLength(1)
    expect(text).toMatch(/header_down -Strict-Transport-Security|proxy_hide_header Strict-Transport-Security/)
    for (const door of ['chat', 'telegram', 'whatsapp', 'open311', 'import', 'export'])
      expect(text.slice(0, text.search(/return 301|redir https/))).toContain(door)
  })
})

describe('the units of systemd', () => {
  const units = readdirSync('deploy').filter(name => /\.(service|timer)$/.test(name))

  it.each(units.filter(name => name.endsWith('.service')))(
    '%s runs what is there, as a user of its own',
    name => {
      const unit = read(name)
      expect(unit).toMatch(/^User=balai$/m)
      expect(unit).toMatch(/^NoNewPrivileges=yes$/m)
      const [, script = '', command = ''] = /^ExecStart=\/usr\/bin\/node (\S+) (\w+)$/m.exec(unit) ?? []
      expect(existsSync(script)).toBe(true)
      expect(readFileSync(script, 'utf8')).toContain(`\n  ${command}: [[`)
    },
  )

  it('stops Balai by its own order, and starts it again', () => {
    const unit = read('balai.service')
    for (const line of ['KillMode=mixed', 'TimeoutStopSec=15', 'Restart=always']) expect(unit).toContain(line)
  })
})

it('is all told on one page', () => {
  const page = readFileSync('docs/going-live.md', 'utf8')
  const named = [...page.matchAll(/deploy\/[\w.-]+/g)].map(([path]) => path)
  expect(named.filter(path => !existsSync(path))).toEqual([])
  const links = [...page.matchAll(/\]\(([\w./-]+)/g)].map(([, to = '']) => join(dirname('docs/x'), to))
  expect(links.filter(path => !existsSync(path))).toEqual([])
  const commands = [...page.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name)
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(commands.filter(name => scripts[name] === undefined)).toEqual([])
})
