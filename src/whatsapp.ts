import { setTimeout as pause } from 'node:timers/promises'
import encodeQR from 'qr'
import { type Beside, runBeside } from './beside.ts'
import { commandLine } from './command-line.ts'
import { Refusal } from './lib/refusal.ts'
import { print, printRow, say } from './lib/terminal.ts'
import { askFor, type Session, sessionOf } from './records/whatsapp-session.ts'
import { whatsappPlace } from './whatsapp-place.ts'
import { standIn } from './whatsapp-stand-in.ts'

const USAGE = `npm run whatsapp -- status [--office ID]
npm run whatsapp -- link [--office ID]                     shows a QR code to scan with the office's phone
npm run whatsapp -- link --code 628110000000 [--office ID] shows a code to type on that phone instead
npm run whatsapp -- unlink [--office ID]                   takes Balai off the office's phone, and forgets its keys`

/** WhatsApp shows five or six codes of 20 to 60 s; then it wants to be asked anew. */
const LINK_MS = 300_000
const UNLINK_MS = 60_000
const LOOK_MS = 300

type Running = Beside & { office: string }

const { values, positionals } = commandLine(USAGE, {
  allowPositionals: true,
  options: { office: { type: 'string' }, code: { type: 'string' } },
})

/** An office's linked number. */
async function whatsapp(beside: Beside): Promise<void> {
  const running = { ...beside, office: beside.officeCalled(values.office).id }
  switch (positionals[0]) {
    case 'status':
      printRow(cellsOf(running.office, await read(running)))
      return
    case 'link':
      return link(running, values.code)
    case 'unlink':
      return unlink(running)
    default:
      throw new Refusal(USAGE)
  }
}

async function link(running: Running, code: string | undefined): Promise<void> {
  const { office, config, db, sealing } = running
  if (config.channels[office]?.whatsapp?.by !== 'baileys')
    throw new Refusal(
      `${office} has no linked number. Your move: WHATSAPP_${nameOf(office)}=baileys, then this again.`,
    )
  const phone = code?.replace(/\D/g, '')
  if (phone !== undefined && !/^\d{8,15}$/.test(phone))
    throw new Refusal('--code takes the phone number with its country, such as 628110000000')
  if ((await read(running))?.status === 'linked')
    throw new Refusal(`${office} is linked already. Your move: unlink it first, if another number is wanted.`)
  await askFor(db.pool, sealing, office, phone === undefined ? { by: 'qr' } : { by: 'code', phone })
  const end = standIn(running, whatsappPlace(running.config).worker)
  try {
    let shown = ''
    const last = await follow(running, LINK_MS, session => {
      if (session.shown !== undefined && session.shown.text !== shown) {
        shown = session.shown.text
        show(session.shown)
      }
      return session.status === 'linked' || session.asked === undefined
    })
    if (last?.status === 'linked') print(`${office} is linked.`)
    else
      throw new Refusal(
        last?.reason === 'unreachable'
          ? `WhatsApp could not be reached. Your move: look at this machine's network, then run this again.`
          : `${office} was not linked${last?.reason === undefined ? '' : ` (${last.reason})`}. Your move: run this again, and scan within a minute.`,
      )
  } finally {
    await end()
  }
}

async function unlink(running: Running): Promise<void> {
  const { office, db, sealing } = running
  if ((await read(running)) === undefined) throw new Refusal(`${office} has never been linked.`)
  await askFor(db.pool, sealing, office, { by: 'unlink' })
  const end = standIn(running, whatsappPlace(running.config).worker)
  try {
    const last = await follow(running, UNLINK_MS, session => session.asked === undefined)
    if (last?.status !== 'unlinked')
      throw new Refusal(
        `Nobody looks after the number of ${office} just now. It is unlinked as soon as Balai runs.`,
      )
    print(`${office} is not linked any more.`)
    say('Look at "Linked devices" on the phone: if Balai still stands there, remove it by hand.')
  } finally {
    await end()
  }
}

/** Looks again and again, until `enough`; gives what was seen last. */
async function follow(
  running: Running,
  ms: number,
  enough: (session: Session) => boolean,
): Promise<Session | undefined> {
  const until = performance.now() + ms
  for (;;) {
    const session = await read(running)
    if (session === undefined || enough(session) || performance.now() > until) return session
    await pause(LOOK_MS)
  }
}

function read({ db, sealing, office }: Running): Promise<Session | undefined> {
  return sessionOf(db.pool, sealing, office)
}

/** Codes are for a person's eyes: stdout is for what programs read. */
function show({ is, text }: NonNullable<Session['shown']>): void {
  if (is === 'code') {
    const parts = text.match(/.{4}/g)?.join('-') ?? text
    say(`On the phone: Linked devices, Link a device, Link with phone number. Type: ${parts}`)
    return
  }
  say(
    `${encodeQR(text, 'ascii', { ecc: 'low', border: 2 })}\nOn the phone: Linked devices, Link a device. A new code follows by itself.`,
  )
}

function cellsOf(office: string, session: Session | undefined): string[] {
  const { status = 'unlinked', reason = '', asked, restrictedUntil, changedAt } = session ?? {}
  const waits = asked === undefined ? '' : `asked for ${asked.by}`
  const limit =
    restrictedUntil !== undefined && restrictedUntil > new Date()
      ? `restricted until ${restrictedUntil.toISOString()}`
      : ''
  return [office, status, reason, waits, limit, changedAt?.toISOString() ?? '']
}

function nameOf(office: string): string {
  return office.toUpperCase().replaceAll('-', '_')
}

runBeside(whatsapp)
