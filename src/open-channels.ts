import type { Hono } from 'hono'
import { createStandings, type Standings, watched } from './channel-standings.ts'
import type { Channel, ChannelName } from './channels/channel.ts'
import type { PlainChat } from './channels/web/plain-chat.ts'
import { webChannel } from './channels/web/web-channel.ts'
import type { Config } from './config.ts'
import { wipeFetched } from './inbox/wipe.ts'
import type { Counters } from './lib/counters.ts'
import type { Log } from './lib/log.ts'
import { wallTime } from './lib/wall-time.ts'
import type { Houses } from './offices/open-houses.ts'
import { openTelegram } from './open-telegram.ts'
import { openWhatsApp } from './open-whatsapp.ts'
import { openWhatsAppCloud } from './open-whatsapp-cloud.ts'
import type { DatabaseAddress } from './records/address.ts'
import { isAway } from './records/away.ts'
import type { Db } from './records/db.ts'
import { type FileQuota, openFileQuota } from './records/file-quota.ts'
import type { FileStore } from './records/file-store.ts'
import { type Keyring, keyFor } from './records/keyring.ts'
import { hashOfAddress } from './records/look-up.ts'
import type { Sealing } from './records/sealing.ts'
import { readTranscript } from './records/transcript.ts'
import { whatsappPlace } from './whatsapp-place.ts'

export type ChannelParts = {
  config: Config
  offices: Houses
  db: Db
  keyring: Keyring
  sealing: Sealing
  /** For connections of their own: a lead lives as long as one. */
  address: DatabaseAddress
  files: FileStore
  log: Log
  counters: Counters
  /** Something may be waiting to be sent. */
  wake(): void
}

/** `doors`: what the channels serve over HTTP, each with its paths from the root. */
export type Channels = { channels: ReadonlyMap<ChannelName, Channel>; doors: Hono[]; plain: PlainChat }

/** Every channel the configuration asks for. None is started yet. */
export function openChannels(parts: ChannelParts): Channels {
  const { db, sealing } = parts
  const quota = openFileQuota({ db, sealing, dayOf: office => dayAt(parts, office) })
  const served = { ...parts, quota, offices: new Set(parts.offices.houses.keys()) }
  const standings = createStandings(parts)
  const found = (office: string, reason?: string) => standings.found(office, 'telegram', reason)
  const ours = web({ ...parts, quota })
  const withDoors = [ours, openTelegram({ ...served, found }), openWhatsAppCloud(served)].filter(isThere)
  const linked = openWhatsApp({
    ...parts,
    quota,
    houses: parts.offices.houses,
    ...whatsappPlace(parts.config),
  })
  const all: Channel[] = [...withDoors, linked].filter(isThere)
  return {
    channels: new Map(all.map(channel => [channel.name, watchedIf(parts, channel, standings)])),
    doors: withDoors.map(({ routes }) => routes),
    plain: ours.plain,
  }
}

/** Who asks for updates tells of that; of the web this very process is the platform, and a linked number keeps its own state. */
function watchedIf({ config }: ChannelParts, channel: Channel, standings: Standings): Channel {
  if (channel.name === 'telegram')
    return watched(channel, standings, office => config.channels[office]?.telegram?.by === 'webhook')
  return channel.name === 'whatsapp-cloud' ? watched(channel, standings, () => true) : channel
}

function isThere<T>(one: T | undefined): one is T {
  return one !== undefined
}

function dayAt({ offices }: ChannelParts, office: string): string {
  return wallTime(offices.houses.get(office)?.office.zone ?? 'Asia/Jakarta', new Date()).day
}

function web({
  config,
  offices,
  db,
  keyring,
  sealing,
  files,
  quota,
  log,
}: ChannelParts & { quota: FileQuota }) {
  return webChannel({
    office: offices.door,
    trial: config.mode === 'trial',
    key: keyFor(keyring, 'web'),
    transcript: { read: (at, after) => readTranscript(db, sealing, at, after) },
    files,
    quota,
    acknowledged: async (at, after) => {
      await wipeFetched(db, sealing, hashOfAddress(sealing, at), after)
    },
    away: isAway,
    log,
    trustedProxies: config.trustedProxies,
    ...(config.publicUrl === undefined ? {} : { publicUrl: config.publicUrl }),
  })
}
