import { dirname, isAbsolute, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ModelSettings } from './assistant/model.ts'
import { readImportKeys } from './import-keys.ts'
import { Refusal } from './lib/refusal.ts'
import { type OfficeChannels, readOfficeChannels } from './office-channels.ts'
import type { ClamdAddress } from './records/clamd.ts'
import type { Bucket } from './records/object-store-request.ts'
import { headersIn, type TelemetrySettings } from './telemetry.ts'
import { Variables } from './variables.ts'

/** Everything the environment decides, read once. Paths are absolute. */
export type Config = {
  mode: 'trial' | 'live'
  port: number
  host: string
  /** How the world reaches us, without a slash at the end. Undefined: links of ours are relative. */
  publicUrl: string | undefined
  dataDir: string
  /** Where citizens' files go, sealed; undefined: the folder `files` in `dataDir`. */
  objectStore: Bucket | undefined
  /** What looks for viruses in files; undefined: nobody does. */
  clamav: ClamdAddress | undefined
  /** Undefined: the embedded PostgreSQL in `dataDir`. */
  databaseUrl: string | undefined
  /** The same database as the role that owns its tables, which the program is not then; undefined: `databaseUrl` is both. */
  databaseOwnerUrl: string | undefined
  /** A replica of it, read for figures, public pages and reports; undefined: the database itself is. */
  readDatabaseUrl: string | undefined
  /** Undefined only in trial mode: a key is made in `dataDir` then. */
  sealingKeyFile: string | undefined
  /** Ids of the offices to serve; undefined means all there are. */
  offices: string[] | undefined
  flowsDir: string
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** Staff give the second factor to enter any page, and not only before the deeds that ask for it. */
  factorToEnter: boolean
  /** Addresses whose X-Forwarded-For is believed. */
  trustedProxies: string[]
  /** By office id; an office without variables of its own is not listed. */
  channels: Record<string, OfficeChannels>
  /** By office id, the key with which other systems bring in tables; an office without one takes none over HTTP. */
  importKeys: Record<string, string>
  telegramApiRoot: string
  whatsappCloudApiRoot: string
  /** Another WhatsApp than WhatsApp, for trying out linked numbers; undefined: the real one. */
  otherWhatsApp: OtherWhatsApp | undefined
  backup: BackupSettings
  /** Undefined: no language model, and nothing of one is loaded. */
  model: ModelSettings | undefined
  /** Undefined: figures are told at /metrics alone. */
  telemetry: TelemetrySettings | undefined
}

export type OtherWhatsApp = {
  url: string
  mediaRoot: string | undefined
  /** A module each worker loads first, and what it reads in its environment. */
  workerImport: string | undefined
  fake: string | undefined
}

/** Where backups go and what seals the keys of each; paths are absolute. */
export type BackupSettings = {
  dir: string | undefined
  /** Where the sealed keys go; undefined: beside the backups. */
  keysDir: string | undefined
  passphraseFile: string | undefined
  publicKeyFile: string | undefined
  keepDays: number
  /** Days an outer key is in use; 0: it is renewed by hand alone. */
  renewDays: number
}

type Env = Record<string, string | undefined>
const root = dirname(dirname(fileURLToPath(import.meta.url)))

function lies(path: string, inside: string): boolean {
  const way = relative(inside, path)
  return !way.startsWith('..') && !isAbsolute(way)
}

const STORE = ['OBJECT_STORE_URL', 'OBJECT_STORE_KEY_ID', 'OBJECT_STORE_SECRET'] as const

/** The object store needs its address and both parts of its key; a part alone would leave files in the folder unnoticed. */
function objectStoreOf(set: Variables): Config['objectStore'] {
  const { OBJECT_STORE_URL: url, OBJECT_STORE_KEY_ID: keyId, OBJECT_STORE_SECRET: secret } = set
  if (url === undefined || keyId === undefined || secret === undefined) return undefined
  return { url, region: set.OBJECT_STORE_REGION, keyId, secret }
}

function problemsOfStore(given: Record<string, string>): string[] {
  const missing = STORE.filter(name => given[name] === undefined)
  if (missing.length === STORE.length) return []
  return missing.map(name => `the object store needs ${name} as well, or none of ${STORE.join(', ')}`)
}

function backupOf(set: Variables): BackupSettings {
  const path = (given: string | undefined) => (given === undefined ? undefined : resolve(root, given))
  return {
    dir: path(set.BACKUP_DIR),
    keysDir: path(set.BACKUP_KEYS_DIR),
    passphraseFile: path(set.BACKUP_PASSPHRASE_FILE),
    publicKeyFile: path(set.BACKUP_PUBLIC_KEY_FILE),
    keepDays: set.BACKUP_KEEP_DAYS,
    renewDays: set.KEY_RENEW_DAYS,
  }
}

function telemetryOf(set: Variables): TelemetrySettings | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: service } = set
  const headers = headersIn(set.OTEL_EXPORTER_OTLP_HEADERS)
  return endpoint === undefined ? undefined : { endpoint, headers, service }
}

function modelOf({
  MODEL: model,
  MODEL_BASE_URL: baseUrl,
  MODEL_API_KEY: apiKey,
}: Variables): Config['model'] {
  return model === undefined ? undefined : { model, baseUrl, apiKey }
}

function otherWhatsAppOf(set: Variables): OtherWhatsApp | undefined {
  const { WHATSAPP_URL: url, WHATSAPP_MEDIA_ROOT: mediaRoot, WHATSAPP_FAKE: fake } = set
  return url === undefined ? undefined : { url, mediaRoot, workerImport: set.WHATSAPP_WORKER_IMPORT, fake }
}

/** What live mode asks for beyond what trial mode does. */
function problemsOfLive(
  set: Variables,
  given: Record<string, string>,
  dataDir: string,
  channels: Record<string, OfficeChannels>,
): string[] {
  const problems: string[] = []
  if (given.DATA_DIR === undefined && given.DATABASE_URL === undefined) {
    problems.push('MODE=live needs DATA_DIR or DATABASE_URL: say where the records are to be kept')
  }
  if (set.SEALING_KEY_FILE === undefined) {
    problems.push('MODE=live needs SEALING_KEY_FILE: a file with the key that seals what citizens write')
  } else if (lies(resolve(root, set.SEALING_KEY_FILE), dataDir)) {
    problems.push(
      'SEALING_KEY_FILE must lie outside DATA_DIR: who steals the records must not get the key with them',
    )
  }
  if (set.WHATSAPP_URL !== undefined) {
    problems.push('WHATSAPP_URL is for trying out: in live mode linked numbers are on WhatsApp itself')
  }
  const called = Object.values(channels).some(
    office => office.telegram?.by === 'webhook' || office.whatsapp?.by === 'cloud',
  )
  if (called && given.PUBLIC_URL === undefined) {
    problems.push(
      'PUBLIC_URL is needed for webhooks: the address under which the platforms reach this server',
    )
  } else if (given.PUBLIC_URL !== undefined && !given.PUBLIC_URL.startsWith('https://')) {
    problems.push(
      'PUBLIC_URL must begin with https:// in live mode: over http what citizens write can be read on its way, ' +
        'browsers keep nobody of staff signed in, and no platform calls (docs/going-live.md, step 5; http is for trial mode)',
    )
  }
  return problems
}

/** An empty variable is one that is not set: `.env` files are full of them. */
function filled(env: Env): Record<string, string> {
  const entries = Object.entries(env).flatMap(([name, value]) =>
    value?.trim() ? [[name, value.trim()]] : [],
  )
  return Object.fromEntries(entries)
}

/** Reads the environment whole. Throws a Refusal that lists every problem at once, in plain words. */
export function readConfig(env: Env): Config {
  const given = filled(env)
  const faults = Variables.safeParse(given).error?.issues ?? []
  const faulty = new Set(faults.map(fault => String(fault.path[0])))
  // Read again without what could not be read, so that all the rest is checked as well.
  const set = Variables.parse(Object.fromEntries(Object.entries(given).filter(([name]) => !faulty.has(name))))
  const office = readOfficeChannels(given)
  const imports = readImportKeys(given)
  const dataDir = resolve(root, set.DATA_DIR ?? 'data')
  const problems = [
    ...new Set(faults.map(fault => `${String(fault.path[0])} ${fault.message}`)),
    ...office.problems,
    ...imports.problems,
    ...problemsOfStore(given),
    ...(set.READ_DATABASE_URL !== undefined && given.DATABASE_URL === undefined
      ? ['READ_DATABASE_URL needs DATABASE_URL: the embedded database has no replica']
      : []),
    ...(set.DATABASE_OWNER_URL !== undefined && given.DATABASE_URL === undefined
      ? ['DATABASE_OWNER_URL needs DATABASE_URL: the embedded database makes both roles itself']
      : []),
    ...(set.MODE === 'live' ? problemsOfLive(set, given, dataDir, office.channels) : []),
  ]
  if (problems.length > 0) {
    throw new Refusal(
      'The environment is not ready. Your move, in .env or wherever it is set (see .env.example):\n' +
        problems.map(problem => `  - ${problem}`).join('\n'),
    )
  }
  const host = set.HOST ?? (set.MODE === 'live' ? '0.0.0.0' : '127.0.0.1')
  return {
    mode: set.MODE,
    port: set.PORT,
    host,
    publicUrl: set.PUBLIC_URL,
    dataDir,
    objectStore: objectStoreOf(set),
    clamav: set.CLAMAV,
    databaseUrl: set.DATABASE_URL,
    databaseOwnerUrl: set.DATABASE_OWNER_URL,
    readDatabaseUrl: set.READ_DATABASE_URL,
    sealingKeyFile: set.SEALING_KEY_FILE === undefined ? undefined : resolve(root, set.SEALING_KEY_FILE),
    offices: set.OFFICES,
    flowsDir: resolve(root, set.FLOWS_DIR),
    logLevel: set.LOG_LEVEL,
    factorToEnter: set.SECOND_FACTOR === 'enter',
    trustedProxies: set.TRUSTED_PROXIES,
    channels: office.channels,
    importKeys: imports.keys,
    telegramApiRoot: set.TELEGRAM_API_ROOT,
    whatsappCloudApiRoot: set.WHATSAPP_CLOUD_API_ROOT,
    otherWhatsApp: otherWhatsAppOf(set),
    backup: backupOf(set),
    model: modelOf(set),
    telemetry: telemetryOf(set),
  }
}

/** Reads `.env` in the project's root, when there is one; what is set already counts more. */
export function loadEnvFile(): void {
  try {
    process.loadEnvFile(resolve(root, '.env'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
