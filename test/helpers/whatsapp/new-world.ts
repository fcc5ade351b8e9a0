import { Curve, QueryIds, XWAPaths } from '@whiskeysockets/baileys'
import type { Wish } from './fake-whatsapp.ts'
import { makePhone } from './phone.ts'
import type { Account, World } from './world.ts'

/** Mulberry32: enough chance for faults, and the same every run. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** What an account in good standing hears about itself. */
const UNTROUBLED = {
  [QueryIds.REACHOUT_TIMELOCK]: { [XWAPaths.xwa2_fetch_account_reachout_timelock]: { is_active: false } },
  [QueryIds.MESSAGE_CAPPING_INFO]: {
    [XWAPaths.xwa2_message_capping_info]: { capping_status: 'NONE', mv_status: 'NOT_ELIGIBLE' },
  },
}

/** Somebody registered, with a phone of their own. Numbers and LIDs follow from `count`. */
export function newAccount(name: string, count: number): Account {
  return {
    name,
    // No country has numbers like these.
    pn: `6200000${String(count).padStart(6, '0')}@s.whatsapp.net`,
    lid: `1000000${String(count).padStart(8, '0')}@lid`,
    phone: makePhone(),
    devices: new Map(),
    nextDevice: 1,
    deleted: false,
    chats: new Map(),
    copies: [],
    usesLid: true,
    hidesNumber: false,
    waiting: undefined,
    blocked: new Set(),
    mex: new Map(Object.entries(UNTROUBLED)),
    barred: undefined,
  }
}

/** A WhatsApp that nobody is on yet. */
export function newWorld({ now = Date.now, seed = 1, claimsKeys = 0 }: Wish, onChange: () => void): World {
  let ids = 0
  let doing: Promise<void> = Promise.resolve()
  const failures: unknown[] = []
  return {
    now,
    root: Curve.generateKeyPair(),
    accounts: [],
    groups: new Map(),
    connections: new Set(),
    claimedKeys: claimsKeys,
    files: new Map(),
    expired: new Map(),
    mediaHost: '',
    faults: [],
    random: chance(seed),
    said: new Map(),
    posted: [],
    receipts: [],
    presence: [],
    violations: [],
    failures,
    nextId: () => {
      ids += 1
      return ids
    },
    inTurn: work => {
      doing = doing.then(work).catch((problem: unknown) => {
        failures.push(problem)
      })
      return doing
    },
    onChange,
  }
}
