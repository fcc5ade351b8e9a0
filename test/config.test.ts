import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../src/config.ts'
import { Refusal } from '../src/lib/refusal.ts'
import { Variables } from '../src/variables.ts'

const token = `123456:${'a'.repeat(35)}`
const live = { MODE: 'live', DATA_DIR: '/srv/balai', SEALING_KEY_FILE: '/etc/balai/key' }

function refusalOf(env: Record<string, string>): string {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
  return ''
}

describe('an empty environment', () => {
  it('is enough for trial mode, on this machine only', () => {
    expect(readConfig({})).toMatchObject({
      mode: 'trial',
      host: '127.0.0.1',
      port: 3000,
      publicUrl: undefined,
      dataDir: resolve('data'),
      databaseUrl: undefined,
      sealingKeyFile: undefined,
      offices: undefined,
      channels: {},
    })
  })

  it('is the same as one of empty values', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: ' ', OFFICES: '' })).toEqual(readConfig({}))
  })
})

it('reads lists, and the channels of each office under its id', () => {
  const config = readConfig({
    ...live,
    OFFICES: 'medan, tangerang-selatan',
    PUBLIC_URL: 'https://lapor.example.go.id/',
    TRUSTED_PROXIES: '10.0.0.0/8,::1',
    TELEGRAM_TANGERANG_SELATAN: 'webhook',
    TELEGRAM_TOKEN_TANGERANG_SELATAN: token,
    TELEGRAM_SECRET_TANGERANG_SELATAN: 'abcdefghijklmnop',
    TELEGRAM_TOKEN_MEDAN: token,
    WHATSAPP_MEDAN: 'baileys',
    IMPORT_KEY_TANGERANG_SELATAN: 'k'.repeat(24),
  })
  expect(config.importKeys).toEqual({ 'tangerang-selatan': 'k'.repeat(24) })
  expect(config.offices).toEqual(['medan', 'tangerang-selatan'])
  expect(config.publicUrl).toBe('https://lapor.example.go.id')
  expect(config.trustedProxies).toEqual(['10.0.0.0/8', '::1'])
  expect(config.channels).toEqual({
    'tangerang-selatan': { telegram: { by: 'webhook', token, secret: 'abcdefghijklmnop' } },
    medan: { telegram: { by: 'poll', token }, whatsapp: { by: 'baileys' } },
  })
})

it('knows where the virus scanner listens, and that there is none unless told', () => {
  expect(readConfig({}).clamav).toBeUndefined()
  expect(readConfig({ CLAMAV: '127.0.0.1:3310' }).clamav).toEqual({ host: '127.0.0.1', port: 3310 })
  expect(readConfig({ CLAMAV: '/run/clamav/clamd.ctl' }).clamav).toEqual({ path: '/run/clamav/clamd.ctl' })
})

it('reads an object store when it is named whole, and none otherwise', () => {
  const named = {
    OBJECT_STORE_URL: 'https://s3.example/b/',
    OBJECT_STORE_KEY_ID: 'k',
    OBJECT_STORE_SECRET: 's',
  }
  const store = { url: 'https://s3.example/b', region: 'us-east-1', keyId: 'k', secret: 's' }
  expect(readConfig(named).objectStore).toEqual(store)
  expect(readConfig({ ...named, OBJECT_STORE_REGION: 'id-1' }).objectStore?.region).toBe('id-1')
  expect(readConfig({}).objectStore).toBeUndefined()
})

it.each<[string, Record<string, string>]>([
  ['MODE must be trial or live', { MODE: 'test' }],
  ['PORT must be a number', { PORT: 'three' }],
  ['PORT must be 0 to 65535', { PORT: '70000' }],
  ['DATABASE_URL must be an address like postgres://', { DATABASE_URL: 'mysql://db/x' }],
  ['PUBLIC_URL must be an address like https://', { PUBLIC_URL: 'lapor' }],
  ['OFFICES must be office ids', { OFFICES: 'Medan' }],
  ['LOG_LEVEL must be', { LOG_LEVEL: 'loud' }],
  ['TRUSTED_PROXIES must be IP addresses', { TRUSTED_PROXIES: '10.0.0.0/40' }],
  ['TELEGRAM_MEDAN must be poll, webhook or off', { TELEGRAM_MEDAN: 'yes' }],
  ['TELEGRAM_MEDAN=poll needs TELEGRAM_TOKEN_MEDAN', { TELEGRAM_MEDAN: 'poll' }],
  ['TELEGRAM_TOKEN_MEDAN does not look like', { TELEGRAM_TOKEN_MEDAN: 'secret' }],
  [
    'TELEGRAM_MEDAN=webhook needs TELEGRAM_SECRET_MEDAN',
    { TELEGRAM_MEDAN: 'webhook', TELEGRAM_TOKEN_MEDAN: token },
  ],
  ['IMPORT_KEY_MEDAN must be 24 characters or more', { IMPORT_KEY_MEDAN: 'pendek' }],
  ['WHATSAPP_MEDAN must be baileys, cloud or off', { WHATSAPP_MEDAN: 'on' }],
  ['WHATSAPP_MEDAN=cloud needs WHATSAPP_CLOUD_VERIFY_MEDAN', { WHATSAPP_MEDAN: 'cloud' }],
  [
    'WHATSAPP_CLOUD_SECRET_MEDAN must be 16 characters or more, without spaces',
    { WHATSAPP_MEDAN: 'cloud', WHATSAPP_CLOUD_SECRET_MEDAN: 'pendek' },
  ],
  ['MODE=live needs DATA_DIR or DATABASE_URL', { MODE: 'live', SEALING_KEY_FILE: '/etc/balai/key' }],
  ['MODE=live needs SEALING_KEY_FILE', { MODE: 'live', DATA_DIR: '/srv/balai' }],
  ['SEALING_KEY_FILE must lie outside DATA_DIR', { ...live, SEALING_KEY_FILE: '/srv/balai/keys/key' }],
  [
    'the object store needs OBJECT_STORE_SECRET as well',
    { OBJECT_STORE_URL: 'https://s3.example/b', OBJECT_STORE_KEY_ID: 'k' },
  ],
  ['OBJECT_STORE_URL must be an address like', { OBJECT_STORE_URL: 's3://bucket' }],
  ['CLAMAV must be clamd’s host:port', { CLAMAV: 'yes' }],
  ['PUBLIC_URL is needed for webhooks', { ...live, TELEGRAM_MEDAN: 'webhook' }],
  [
    'PUBLIC_URL must begin with https://',
    { ...live, WHATSAPP_MEDAN: 'cloud', PUBLIC_URL: 'http://x.example' },
  ],
  ['PUBLIC_URL must begin with https://', { ...live, PUBLIC_URL: 'http://localhost:3000' }],
])('refuses with the words "%s"', (words, env) => {
  expect(refusalOf(env)).toContain(words)
})

it('lists every problem at once, whatever else is wrong', () => {
  const problems = refusalOf({ MODE: 'live', PORT: 'three', LOG_LEVEL: 'loud', WHATSAPP_MEDAN: 'on' })
  expect(problems.match(/^ {2}- \S+/gm)).toEqual([
    '  - PORT',
    '  - LOG_LEVEL',
    '  - WHATSAPP_MEDAN',
    '  - MODE=live',
    '  - MODE=live',
  ])
})

it('never repeats a secret in its refusal', () => {
  expect(refusalOf({ TELEGRAM_TOKEN_MEDAN: 'my-secret-token', DATABASE_URL: 'my-secret-url' })).not.toContain(
    'my-secret',
  )
})

describe('.env.example', () => {
  const example = readFileSync('.env.example', 'utf8')

  it('explains every variable', () => {
    const unexplained = Object.keys(Variables.shape).filter(
      name => !new RegExp(`^#?${name}=`, 'm').test(example),
    )
    expect(unexplained).toEqual([])
  })

  it('is accepted as it stands, and is trial mode', () => {
    expect(readConfig(parseEnv(example) as Record<string, string>)).toEqual(readConfig({}))
  })
})

it('does not take a folder beside DATA_DIR for one inside it', () => {
  expect(readConfig({ ...live, SEALING_KEY_FILE: '/srv/balai-keys/key' }).sealingKeyFile).toBe(
    '/srv/balai-keys/key',
  )
})

it('takes an address without TLS for a trial alone', () => {
  expect(readConfig({ PUBLIC_URL: 'http://localhost:3000' }).publicUrl).toBe('http://localhost:3000')
  expect(readConfig(live).publicUrl).toBeUndefined()
})
