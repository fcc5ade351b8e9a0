import { setTimeout as pause } from 'node:timers/promises'
import { makeCertificate } from './certificate.ts'
import { citizen } from './citizen.ts'
import type { Fault } from './faults.ts'
import { whatsappGroup } from './group.ts'
import { createGroup } from './group-life.ts'
import { fileOf, openFile } from './media.ts'
import { expire } from './media-again.ts'
import { startMediaHost } from './media-host.ts'
import { newAccount, newWorld } from './new-world.ts'
import { officeNumber } from './number.ts'
import { silenceSignal } from './quiet.ts'
import { type Door, startServer } from './server.ts'
import { type Trust, trust } from './trust.ts'
import type { Account, Content } from './world.ts'

export type Wish = {
  /** The offices' numbers, by name. Default: one, 'Balai'. */
  numbers?: string[]
  /** Milliseconds since 1970 for what stanzas say about time; default the clock of this machine. */
  now?: () => number
  port?: number
  /**
   * One-time keys it says to have of a new device. Default 0, as at every first login: Baileys then uploads 812, in a third of a
   * second. From 6 on it uploads none, and everybody begins without.
   */
  claimsKeys?: number
  /** What else the server answers to, given what has to be trusted to talk to it. */
  door?: (trusted: Trust) => Door
  /** What makes chance come out alike; default 1. */
  seed?: number
}

export type FakeWhatsApp = Awaited<ReturnType<typeof startFakeWhatsApp>>

/**
 * Starts a WhatsApp of one's own on 127.0.0.1 that unmodified Baileys 7.0.0-rc14 connects to: real Noise, real linking, real
 * Signal at both ends. Phones live inside it; the offices' numbers are linked to from outside.
 *
 * ```ts
 * const whatsapp = await startFakeWhatsApp()
 * // This process believes it already (`waWebSocketUrl: whatsapp.url`). Another one is started with
 * //   node --import ./test/helpers/whatsapp/trust-fake.ts …   and whatsapp.env in its environment.
 * const { number } = whatsapp                  // the office's number; `whatsapp.numbers` where there are several
 * number.scans(qr)                             // false: the phone says it could not link. 515 follows, then the login
 * await number.types(code)                     // the same by pairing code, once number.isAskedForCode
 * number.refreshes(qr)                         // companion_reg_refresh: the secret in this code is worth nothing any more
 * await whatsapp.until(() => number.isOnline)
 *
 * const siti = whatsapp.citizen('Siti')        // { lid: false } goes by number, { hidesNumber: true } by LID alone; siti.goesBy()
 * const message = siti.says('halo')            // quotes edits deletes reacts repeats sendsLocation sendsContact
 * siti.sendsPhoto(bytes, { caption: 'jalan' }) // sendsVoice sendsVideo sendsDocument; whatsapp.opens(message) deciphers, expires
 * siti.picks('Buat pengaduan')                 // from a numbered menu or a poll
 * siti.sends(proto); siti.sendsBytes(bytes); siti.forges('message', attributes, content)
 * await whatsapp.until(() => siti.sees().at(-1) === 'Balai: Selamat datang')       // siti.messages() for more than words
 * siti.reads(); siti.switchesOff(); siti.blocks(); siti.leaves(); await siti.forgets()   // the last: a retry receipt follows
 *
 * const desk = whatsapp.group('Meja Pengaduan')   // LIDs and sender keys
 * desk.adds(number); desk.adds(budi)              // removes loses promotes demotes renames
 * budi.in(desk).quotes(card, 'selesai')           // the same verbs; budi.sees(desk), budi.in(desk).messages()
 *
 * number.kicks(440)                            // 401 403 408 411 428 440 500 503 515; bars(405): every login is refused
 * number.drops({ midFrame: true }); number.falls('inbound'); await whatsapp.goesAway(); await whatsapp.comesBack()
 * number.locksNewChats(until); number.runsLow(); number.in(siti).says('from the phone itself')
 * whatsapp.breaks({ on: 'message', to: siti.lid, times: 1, harm: { error: 463 } })   // or { silence: 'after' }, { slow: 200 }
 * whatsapp.breaks({ on: 'iq', xmlns: 'w:g2', harm: { error: 429 } })                 // or on: 'download', 'upload'
 * number.queue; number.posted; number.receipts; number.deliveredAt(message); number.presence
 * number.logins; number.mostAtOnce; number.late
 * expect(whatsapp.problems).toEqual([])
 * ```
 */
export async function startFakeWhatsApp(wish: Wish = {}) {
  const watchers = new Set<() => void>()
  const world = newWorld(wish, () => {
    for (const watcher of watchers) watcher()
  })
  const speakAgain = silenceSignal()
  const { certificate, key } = makeCertificate()
  const mediaHost = await startMediaHost(world, certificate, key)
  const trusted: Trust = { root: Buffer.from(world.root.public).toString('hex'), authority: certificate }
  trust(trusted)
  const server = await startServer(world, wish.port ?? 0, wish.door?.(trusted))
  const url = `ws://127.0.0.1:${server.port}/ws/chat`

  const join = (name: string) => {
    const account = newAccount(name, world.nextId())
    world.accounts.push(account)
    return account
  }
  const numbers = (wish.numbers ?? ['Balai']).map(name => officeNumber(world, join(name)))
  const [number] = numbers
  let owner: Account | undefined
  if (number === undefined) throw new Error('A WhatsApp without an office serves nobody.')

  return {
    url,
    world,
    trusted,
    /** What a process that is to take this for WhatsApp needs in its environment, beside the `--import`. */
    env: {
      WHATSAPP_URL: url,
      WHATSAPP_FAKE_ROOT: trusted.root,
      WHATSAPP_FAKE_AUTHORITY: trusted.authority,
    },
    number,
    numbers,
    citizen: (name: string, { lid = true, hidesNumber = false } = {}) => {
      const account = Object.assign(join(name), { usesLid: lid, hidesNumber })
      return citizen(world, account, number.account)
    },
    /** A group made by somebody who belongs to no office. */
    group: (subject: string) => {
      owner ??= join('Pemilik Grup')
      return whatsappGroup(world, createGroup(world, subject, owner))
    },
    /** The file in a message, deciphered with the message's own key as a phone does it. */
    opens: (message: { content: Content }) => openFile(world, message.content),
    /** The file in this message is gone from the media host, until it is asked for again. */
    expires: (message: { content: Content }) => expire(world, fileOf(message.content)?.file.directPath ?? ''),
    /** Lets messages or questions go wrong; gives a function that ends it. */
    breaks: (fault: Fault) => {
      world.faults.push(fault)
      return () => {
        world.faults = world.faults.filter(one => one !== fault)
      }
    },
    /** Nobody answers any more: connections are torn, new ones refused. What waits is kept. */
    goesAway: server.away,
    /** It is there again, on the same port, with all that has waited. */
    comesBack: server.back,
    /** What no state of the world excuses, and what went wrong in the fake itself: a test ends with this list empty. */
    get problems(): string[] {
      return [
        ...world.violations,
        ...world.failures.map(one => (one instanceof Error ? (one.stack ?? '') : `${one}`)),
      ]
    },
    /** Resolves when all that was said and sent so far has been taken in by the phones. */
    settled: () => world.inTurn(async () => undefined),
    /** Waits until this gives something true, at most `ms` of this machine: many, since it may be busy. */
    until: async <T>(look: () => T | undefined | false | null, ms = 15_000): Promise<T> => {
      const last = performance.now() + ms
      for (;;) {
        const found = look()
        if (found !== undefined && found !== false && found !== null) return found
        if (performance.now() > last) throw new Error(`After ${ms} ms it was not so: ${look}`)
        await pause(5)
      }
    },
    /** Is told whenever something a person would see has changed; gives a function that ends it. */
    watch: (watcher: () => void) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    close: async () => {
      await server.away()
      mediaHost.closeAllConnections()
      mediaHost.close()
      for (const one of world.accounts) one.phone.close()
      speakAgain()
    },
  }
}
