import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Hono } from 'hono'
import { buildApp } from '../app.ts'
import type { ChannelName } from '../channels/channel.ts'
import { jobsOf } from '../clockwork.ts'
import { readConfig } from '../config.ts'
import { counted } from '../counted.ts'
import { educationOf } from '../education-file.ts'
import type { Job } from '../jobs/by-the-clock.ts'
import { openLog } from '../lib/log.ts'
import { buildLine, type Line } from '../line.ts'
import type { House } from '../offices/house.ts'
import { openHouses } from '../offices/open-houses.ts'
import { openChannels } from '../open-channels.ts'
import { openDoors } from '../open-doors.ts'
import { isAway } from '../records/away.ts'
import { openDb } from '../records/db.ts'
import { openFileStore } from '../records/file-store.ts'
import { makeKeyring } from '../records/keyring.ts'
import { createSealing } from '../records/sealing.ts'

export type Assembled = {
  app: Hono
  channels: ChannelName[]
  jobs: Pick<Job, 'name' | 'cron'>[]
  /** By office; the flows and the house's words are in it. */
  houses: ReadonlyMap<string, House>
}

/** Nobody listens there, and nobody is asked: a pool connects with its first query. */
const NOWHERE = 'postgres://nobody@127.0.0.1:1/nothing'

/** Every way an office can be reached, each opened by one of the examples. Made up, and never sent anywhere. */
const SETTINGS = {
  TELEGRAM_MEDAN: 'webhook',
  TELEGRAM_TOKEN_MEDAN: '1:made-up-for-the-list-of-doors-0000000',
  TELEGRAM_SECRET_MEDAN: 'made-up-for-the-list-of-doors',
  WHATSAPP_MEDAN: 'cloud',
  WHATSAPP_CLOUD_TOKEN_MEDAN: 'made-up-for-the-list-of-doors',
  WHATSAPP_CLOUD_PHONE_MEDAN: '100000000000001',
  WHATSAPP_CLOUD_SECRET_MEDAN: 'made-up-for-the-list-of-doors',
  WHATSAPP_CLOUD_VERIFY_MEDAN: 'made-up-for-the-list-of-doors',
  WHATSAPP_TANJUNGBALAI: 'baileys',
  PUBLIC_URL: 'https://doors.example',
  DATA_DIR: join(tmpdir(), 'balai-doors'),
  SEALING_KEY_FILE: join(tmpdir(), 'balai-doors-key', 'sealing.key'),
}

/**
 * What `main` builds, from the same parts and with every channel on, but nothing started: no port, no database, no file
 * written. The doors of live mode are asked of the example offices as well, which live mode itself would not serve.
 */
export async function assemble(mode: 'trial' | 'live'): Promise<Assembled> {
  const log = openLog('silent')
  const config = readConfig({ ...SETTINGS, MODE: mode })
  const offices = await openHouses({ ...config, mode: 'trial' }, log)
  const db = openDb(NOWHERE, { max: 1 })
  const keyring = makeKeyring()
  const sealing = createSealing(keyring)
  const files = openFileStore({ db, sealing, folder: join(config.dataDir, 'files') })
  const counters = counted()
  const { channels, doors, plain } = openChannels({
    config,
    offices,
    db,
    keyring,
    sealing,
    address: NOWHERE,
    files,
    log,
    counters,
    wake: () => undefined,
  })
  const line: Line = buildLine({ db, keyring, houses: offices.houses, channels, log, alone: false, counters })
  const warnings = async () => []
  const app = buildApp({
    mode,
    offices: offices.doors,
    doors: [
      ...doors,
      ...openDoors({
        config,
        db,
        room: line.room,
        offices,
        files,
        wordings: { look: async () => undefined },
        warnings,
        chat: plain,
        log,
        education: () => educationOf(config.flowsDir),
      }),
    ],
    ready: async () => undefined,
    metrics: () => '',
    away: isAway,
    log,
  })
  const renew = async () => undefined
  const needs = async () => new Map()
  const jobs = jobsOf({ db, room: line.room, offices, files, warnings, log, renew, needs })
  return { app, channels: [...channels.keys()], jobs, houses: offices.houses }
}
