import type { Config } from '../config.ts'
import type { House } from '../offices/house.ts'
import { type Finding, good, must, note } from './finding.ts'

const HERE = /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[?::1)/

/** Platforms, the address the world knows us by, and who would read what comes in. What tokens look like, the configuration says. */
export function lookAtChannels(config: Config, houses: ReadonlyMap<string, House>): Finding[] {
  return [...addressOf(config), ...tokensOf(config), ...strangers(config, houses)]
}

function addressOf({ publicUrl, mode, trustedProxies, channels }: Config): Finding[] {
  const called = Object.values(channels).some(
    ({ telegram, whatsapp }) => telegram?.by === 'webhook' || whatsapp?.by === 'cloud',
  )
  if (publicUrl === undefined)
    return mode === 'live'
      ? [note('PUBLIC_URL', 'is not set: links in messages lead nowhere outside. Your move: set it.')]
      : []
  const { hostname } = new URL(publicUrl)
  const findings: Finding[] = []
  if (HERE.test(hostname) && called)
    findings.push(
      must(
        'PUBLIC_URL',
        `${hostname} is an address of this network: no platform can call it. Your move: a name the world knows.`,
      ),
    )
  if (mode === 'live' && trustedProxies.length === 0)
    findings.push(
      note(
        'TRUSTED_PROXIES',
        'is not set: behind a proxy all callers look like one, and share one limit. Your move: name the proxy, such as 127.0.0.1',
      ),
    )
  return findings.length === 0 ? [good('PUBLIC_URL', publicUrl)] : findings
}

/** One bot cannot be two offices': each would take the other's messages. */
function tokensOf({ channels }: Config): Finding[] {
  const offices = Map.groupBy(
    Object.entries(channels).filter(([, { telegram }]) => telegram !== undefined),
    ([, { telegram }]) => telegram?.token.split(':')[0],
  )
  return [...offices.values()]
    .filter(same => same.length > 1)
    .map(same =>
      must(
        'Telegram',
        `${same.map(([id]) => id).join(' and ')} have the same bot. Your move: one bot for each, from BotFather.`,
      ),
    )
}

function strangers({ channels, mode }: Config, houses: ReadonlyMap<string, House>): Finding[] {
  // None could be opened, which is said elsewhere: then this would send people to the wrong place.
  if (houses.size === 0) return []
  const findings = Object.keys(channels)
    .filter(id => !houses.has(id))
    .map(id =>
      note(
        'channels',
        `${id} has variables but is not served. Your move: correct the id, or add it to OFFICES.`,
      ),
    )
  for (const id of houses.keys())
    if (channels[id] === undefined)
      findings.push(
        note(
          'channels',
          `${id} is on the web alone${mode === 'live' ? '' : ' (trial)'}. Your move, if wished: TELEGRAM_… or WHATSAPP_… in .env`,
        ),
      )
  return findings
}
