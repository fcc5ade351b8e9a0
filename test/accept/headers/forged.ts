/** A name and a network that no answer of ours has a reason to hold; the network is this machine's, so that somebody can be there. */
export const NAME = 'palsu.example'
export const NETWORK = '127.77.0.'

const addressOf = (n: number) => `${NETWORK}${1 + (n % 200)}`

/** By which proxies and their imitators say whom a request is from. */
const FROM = [
  'X-Forwarded-For',
  'X-Real-IP',
  'X-Client-IP',
  'X-Remote-Addr',
  'X-Remote-IP',
  'X-Originating-IP',
  'X-Cluster-Client-IP',
  'True-Client-IP',
  'CF-Connecting-IP',
  'Fastly-Client-IP',
]

/** How an address is written there. */
const WRITTEN: ((address: string) => string)[] = [
  address => `${address}, 127.0.0.1`,
  address => `127.0.0.1, ${address}`,
  address => `::ffff:${address}`,
  address => `${address}:4711`,
  address => `"${address}"`,
  address => `unknown, ${address}`,
  address => `,,, ${address} ,`,
  address => `${address}, `.repeat(100),
  address => `${address}\t`,
]

const FORWARDED: ((address: string) => string)[] = [
  address => `for=${address}`,
  address => `for="${address}:80";host=${NAME};proto=http;by=127.0.0.1`,
  address => `for=127.0.0.1, for=${address};host="${NAME}"`,
]

/** By which they say under what name, and where, it was asked for. */
const NAMED: Record<string, string>[] = [
  { 'X-Forwarded-Host': NAME },
  { 'X-Forwarded-Host': `${NAME}, 127.0.0.1`, 'X-Forwarded-Proto': 'http' },
  { 'X-Host': NAME },
  { 'X-Original-Host': NAME },
  { 'X-Forwarded-Server': NAME },
  { 'X-HTTP-Host-Override': NAME },
  { 'X-Forwarded-Proto': 'javascript' },
  { 'X-Forwarded-Scheme': 'http', 'X-Forwarded-Port': '81' },
  { 'X-Forwarded-Prefix': `//${NAME}` },
  { 'X-Original-URL': `//${NAME}/desk`, 'X-Rewrite-URL': `//${NAME}/desk` },
  { 'X-HTTP-Method-Override': 'DELETE', 'X-Method-Override': 'DELETE' },
  { 'X-Wap-Profile': `http://${NAME}/`, Profile: `http://${NAME}/` },
  { Referer: `https://${NAME}/desk/lhokseumawe/me` },
  { Referer: 'bukan alamat' },
  { Origin: `https://${NAME}` },
  { Via: `1.1 ${NAME}`, From: `root@${NAME}` },
]

const HOSTS = [
  NAME,
  `${NAME}:443`,
  `balai.example.${NAME}`,
  `balai.example@${NAME}`,
  `${NAME}/desk`,
  'dua kata',
  '[::1',
  '',
]

/** Fifty ways of lying about whom a request is from and whom it is to; each lies about another address every time it is used. */
export const FORGERIES: ((n: number) => Record<string, string>)[] = [
  ...FROM.map(name => (n: number) => ({ [name]: addressOf(n) })),
  ...WRITTEN.map(written => (n: number) => ({ 'X-Forwarded-For': written(addressOf(n)) })),
  ...FORWARDED.map(written => (n: number) => ({ Forwarded: written(addressOf(n)) })),
  ...NAMED.map(named => () => named),
  ...HOSTS.map(host => () => ({ Host: host })),
  n => ({ ...Object.fromEntries(FROM.map(name => [name, addressOf(n)])), ...NAMED[1], Host: NAME }),
  n => ({
    Forwarded: `for=${addressOf(n)};host=${NAME}`,
    'X-Forwarded-For': `${addressOf(n)}, ${addressOf(n + 1)}`,
  }),
  n => ({ 'X-Forwarded-For': addressOf(n), 'X-Forwarded-Host': NAME, 'X-Real-IP': addressOf(n + 1) }),
  n => ({ 'x-FORWARDED-for': addressOf(n), x_forwarded_for: addressOf(n), 'X-Forwarded_For': addressOf(n) }),
]
