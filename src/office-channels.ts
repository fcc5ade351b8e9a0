/** Which platforms one office is on, as the environment says. */
export type OfficeChannels = {
  /** Who may file reports through Open311: each partner has a key. */
  open311?: string[]
  telegram?: { by: 'poll'; token: string } | { by: 'webhook'; token: string; secret: string }
  whatsapp?: { by: 'baileys' } | { by: 'cloud'; token: string; phone: string; secret: string; verify: string }
}

type Given = Record<string, string>
type Found = { channels: Record<string, OfficeChannels>; problems: string[] }

/** Longest beginnings first: WHATSAPP_CLOUD_TOKEN_MEDAN is no variable WHATSAPP_<ID>. */
const patterns = [
  'OPEN311_KEYS',
  'TELEGRAM_TOKEN',
  'TELEGRAM_SECRET',
  'WHATSAPP_CLOUD_TOKEN',
  'WHATSAPP_CLOUD_PHONE',
  'WHATSAPP_CLOUD_SECRET',
  'WHATSAPP_CLOUD_VERIFY',
  'TELEGRAM',
  'WHATSAPP',
] as const

/** Of the whole house, though their names begin like an office's. */
const global = new Set([
  'TELEGRAM_API_ROOT',
  'WHATSAPP_CLOUD_API_ROOT',
  'WHATSAPP_URL',
  'WHATSAPP_MEDIA_ROOT',
  'WHATSAPP_WORKER_IMPORT',
  'WHATSAPP_FAKE',
])

function split(name: string): { what: string; id: string } | undefined {
  if (global.has(name)) return undefined
  const what = patterns.find(pattern => name.startsWith(`${pattern}_`))
  return what && { what, id: name.slice(what.length + 1) }
}

function telegramOf(id: string, own: Given, problems: string[]): OfficeChannels['telegram'] {
  const { TELEGRAM: by = own.TELEGRAM_TOKEN === undefined ? 'off' : 'poll', TELEGRAM_TOKEN: token } = own
  if (by === 'off') return undefined
  if (by !== 'poll' && by !== 'webhook') {
    problems.push(`TELEGRAM_${id} must be poll, webhook or off`)
    return undefined
  }
  if (token === undefined)
    problems.push(`TELEGRAM_${id}=${by} needs TELEGRAM_TOKEN_${id}, the token from BotFather`)
  else if (!/^\d+:[\w-]{30,}$/.test(token))
    problems.push(`TELEGRAM_TOKEN_${id} does not look like a token from BotFather`)
  if (by === 'poll') return { by, token: token ?? '' }
  const secret = own.TELEGRAM_SECRET
  // Telegram's own rule for a secret token: 1 to 256 of these characters. Under 16 one could be guessed.
  if (secret === undefined || !/^[\w-]{16,256}$/.test(secret)) {
    problems.push(`TELEGRAM_${id}=webhook needs TELEGRAM_SECRET_${id}: 16 to 256 letters, digits, _ or -`)
  }
  return { by, token: token ?? '', secret: secret ?? '' }
}

/** Whoever guesses one can speak to us as Meta. Meta's own secrets have 32 characters. */
const UNGUESSED = { like: /^\S{16,}$/, must: 'must be 16 characters or more, without spaces' }

function whatsappOf(id: string, own: Given, problems: string[]): OfficeChannels['whatsapp'] {
  const by = own.WHATSAPP ?? 'off'
  if (by === 'baileys') return { by }
  if (by !== 'cloud') {
    if (by !== 'off') problems.push(`WHATSAPP_${id} must be baileys, cloud or off`)
    return undefined
  }
  const need = (name: string, looks?: { like: RegExp; must: string }) => {
    const value = own[name]
    if (value === undefined) problems.push(`WHATSAPP_${id}=cloud needs ${name}_${id}`)
    else if (looks?.like.test(value) === false) problems.push(`${name}_${id} ${looks.must}`)
    return value ?? ''
  }
  return {
    by,
    token: need('WHATSAPP_CLOUD_TOKEN'),
    phone: need('WHATSAPP_CLOUD_PHONE'),
    secret: need('WHATSAPP_CLOUD_SECRET', UNGUESSED),
    verify: need('WHATSAPP_CLOUD_VERIFY', UNGUESSED),
  }
}

function open311Of(id: string, own: Given, problems: string[]): string[] | undefined {
  const keys = own.OPEN311_KEYS?.split(',').map(key => key.trim())
  if (keys?.every(key => UNGUESSED.like.test(key)) === false)
    problems.push(`OPEN311_KEYS_${id} holds keys, with commas between; each ${UNGUESSED.must}`)
  return keys
}

/** The variables with an office's id in their name, by office. An id in capitals with `_` names the office with `-`. */
export function readOfficeChannels(given: Given): Found {
  const byId = new Map<string, Given>()
  for (const [name, value] of Object.entries(given)) {
    const found = split(name)
    if (found) byId.set(found.id, { ...byId.get(found.id), [found.what]: value })
  }
  const problems: string[] = []
  const channels: Record<string, OfficeChannels> = {}
  for (const [id, own] of byId) {
    const telegram = telegramOf(id, own, problems)
    const whatsapp = whatsappOf(id, own, problems)
    const open311 = open311Of(id, own, problems)
    if (telegram || whatsapp || open311) {
      channels[id.toLowerCase().replaceAll('_', '-')] = {
        ...(telegram && { telegram }),
        ...(whatsapp && { whatsapp }),
        ...(open311 && { open311 }),
      }
    }
  }
  return { channels, problems }
}
