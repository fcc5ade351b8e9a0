export type Rate = { burst: number; perSecond: number }

/** Whom a limit counts: one chat, a person's account, a client's address, an office, or everybody together. */
export type Whose = 'chat' | 'account' | 'client' | 'office' | 'all'

type Said = {
  of: Whose
  /** What is counted, and how a page says the figure: "20 at once and 2/s a chat". */
  what: string
  unit: string
  /** Why this figure. */
  why: string
  /** What becomes of what is too much. */
  over: string
  /**
   * Where it is counted, and what that means while the place is away. `memory` is never away: each process counts for itself, and begins
   * anew with a restart, so that it lets through. `records`: without them nothing is done at all, so that it refuses.
   */
  store: 'memory' | 'records'
}

export type Limit = Said & ({ most: number } | { rate: Rate })

const WEB_LATER = '429 with `Retry-After`; nothing was taken, and the widget sends it again'
const PLATFORM_LATER = '503 with `Retry-After`; the platform keeps it and repeats it'

/**
 * Every limit on how much somebody may ask of the house, in one place; whoever keeps one takes its figure from here. What a single
 * message, form or file may measure stands at its door. `docs/doors.md` is made of this.
 */
export const LIMITS = {
  chatMessages: {
    of: 'chat',
    what: 'messages of one web chat',
    rate: { burst: 20, perSecond: 2 },
    unit: 'a chat',
    why: 'nobody types faster; a script of one visitor must not fill what all share',
    over: WEB_LATER,
    store: 'memory',
  },
  chatHeard: {
    of: 'chat',
    what: 'messages of one chat that are answered in a minute, on every channel (`flood` in house.yaml)',
    most: 60,
    unit: 'a minute and chat',
    why: 'one a second is faster than anybody types, and lets six albums of ten photos through',
    over: 'recorded and not answered: told so once a minute, what stands open stays as it is, a cry for help is answered',
    store: 'records',
  },
  chatInLine: {
    of: 'chat',
    what: "messages of one chat that stand in line behind one another, in a platform's calls",
    most: 16,
    unit: 'in line a chat',
    why: 'Telegram opens 40 calls for a bot, and we take 64 of Meta at once: one chat that floods must not hold them all. An album of ten fits in',
    over: PLATFORM_LATER,
    store: 'memory',
  },
  chatReports: {
    of: 'chat',
    what: 'new reports of one chat',
    most: 5,
    unit: 'an hour and chat',
    why: 'nobody has six matters in an hour; a desk that gets a hundred cards reads none',
    over: 'the report stays open as it is and is told when it can be sent; nothing of it is lost',
    store: 'records',
  },
  chatReads: {
    of: 'chat',
    what: 'looks at one web chat',
    rate: { burst: 120, perSecond: 20 },
    unit: 'a chat',
    why: 'some windows of one chat, each asking again and again',
    over: '429 with `Retry-After`',
    store: 'memory',
  },
  chatWaits: {
    of: 'chat',
    what: 'readers that wait in one web chat at once',
    most: 32,
    unit: 'waiting a chat',
    why: 'each holds a connection',
    over: '429 with `Retry-After`',
    store: 'memory',
  },
  pinTries: {
    of: 'account',
    what: 'wrong PINs of one report',
    most: 5,
    unit: 'wrong PINs lock for 24 h',
    why: 'of a million PINs five are tried a day',
    over: 'shut to everybody but the chat it was filed from',
    store: 'records',
  },
  factorTries: {
    of: 'account',
    what: 'wrong six digits of one member of staff',
    most: 10,
    unit: 'wrong digits lock for 15 minutes',
    why: 'of a million ten are tried a quarter of an hour',
    over: 'refused, right digits too, until the quarter is over',
    store: 'records',
  },
  clientMessages: {
    of: 'client',
    what: 'messages, files and looks of one client address, counted apart',
    rate: { burst: 400, perSecond: 40 },
    unit: 'a client',
    why: 'a whole school may sit behind one address',
    over: WEB_LATER,
    store: 'memory',
  },
  clientSessions: {
    of: 'client',
    what: 'new web chats of one client address',
    rate: { burst: 30, perSecond: 0.5 },
    unit: 'a client',
    why: 'a class opens the page at once; a flood of many chats from one place ends here',
    over: '429 with `Retry-After`',
    store: 'memory',
  },
  clientWaits: {
    of: 'client',
    what: 'readers that wait behind one client address at once',
    most: 200,
    unit: 'waiting a client',
    why: 'each holds a connection: a fifth of what there are',
    over: '429 with `Retry-After`',
    store: 'memory',
  },
  clientConnections: {
    of: 'client',
    what: 'connections of one client address at once; proxies that are named in TRUSTED_PROXIES are free of it',
    most: 500,
    unit: 'connections a client',
    why: 'half of all, so that no address takes them all, and a proxy nobody named still works',
    over: 'closed at once',
    store: 'memory',
  },
  clientStatus: {
    of: 'client',
    what: 'looks at a report by its code and PIN',
    rate: { burst: 10, perSecond: 0.05 },
    unit: 'a client',
    why: 'a family has a few reports; who asks more waits',
    over: '429 with `Retry-After`',
    store: 'memory',
  },
  clientPages: {
    of: 'client',
    what: 'public pages and open data that are read',
    rate: { burst: 600, perSecond: 60 },
    unit: 'a client',
    why: 'a whole school reads behind one address; who takes every page in a second is a machine',
    over: '429 with `Retry-After`',
    store: 'memory',
  },
  clientSignIns: {
    of: 'client',
    what: 'links to sign in that are tried',
    rate: { burst: 100, perSecond: 1 },
    unit: 'a client',
    why: 'a whole office may sit behind one address, and nobody guesses 256 bits',
    over: 'refused, like a link that is used up',
    store: 'memory',
  },
  officeWaiting: {
    of: 'office',
    what: 'messages of one office that wait in memory to be taken; offices take turns at each batch',
    most: 600,
    unit: 'waiting an office',
    why: 'a second or two of work; an office the whole country writes to shuts no other out, and connections are left to say so',
    over: `${PLATFORM_LATER}; a web chat sends it again`,
    store: 'memory',
  },
  officePartner: {
    of: 'office',
    what: 'reports of one partner of an office (Open311)',
    rate: { burst: 60, perSecond: 0.5 },
    unit: 'a partner',
    why: 'a town on a bad day, and no flood',
    over: '429 with `Retry-After`',
    store: 'memory',
  },
  allWaiting: {
    of: 'all',
    what: 'messages that wait in memory to be taken',
    most: 1_000,
    unit: 'waiting in all',
    why: 'as many as there are connections: some seconds of work and a few megabytes, more would only be answered later',
    over: `${PLATFORM_LATER}; a web chat sends it again`,
    store: 'memory',
  },
  allStatus: {
    of: 'all',
    what: 'looks at reports by code and PIN',
    rate: { burst: 300, perSecond: 5 },
    unit: 'in all',
    why: 'a million PINs take years at this pace, from however many addresses',
    over: '429 with `Retry-After`',
    store: 'memory',
  },
  allTelegram: {
    of: 'all',
    what: "Telegram's calls that are being taken",
    most: 256,
    unit: 'at once',
    why: 'each holds at most 1 MB, and one in four a file; Telegram opens 40 for a bot',
    over: PLATFORM_LATER,
    store: 'memory',
  },
  allCloud: {
    of: 'all',
    what: "Meta's calls that are being taken",
    most: 64,
    unit: 'at once',
    why: 'each holds at most 3 MB',
    over: PLATFORM_LATER,
    store: 'memory',
  },
  allUploads: {
    of: 'all',
    what: 'files that are being taken in through the web',
    most: 8,
    unit: 'at once in all',
    why: 'each is held in memory whole, up to 10 MB',
    over: '429 with `Retry-After`; the words of the chat are taken all the same',
    store: 'memory',
  },
  allConnections: {
    of: 'all',
    what: 'connections',
    most: 1_000,
    unit: 'connections in all',
    why: 'each costs some kilobytes, and one that says nothing ends after seconds',
    over: 'closed at once',
    store: 'memory',
  },
} as const satisfies Record<string, Limit>

/** The figure as a page says it. */
export function sayLimit(limit: Limit): string {
  const number = (figure: number) => figure.toLocaleString('en')
  if ('most' in limit) return `${number(limit.most)} ${limit.unit}`
  const { burst, perSecond } = limit.rate
  const rate = perSecond >= 1 ? `${number(perSecond)}/s` : `1 in ${number(1 / perSecond)} s`
  return `${number(burst)} at once and ${rate} ${limit.unit}`
}
