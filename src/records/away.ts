/** SQLSTATE: connection exceptions, shut down or starting up, out of resources (disk, memory, connections). */
const awayState = /^(08|53|57P0[1235])/

const awaySocket = new Set([
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
])

/** `pg` gives its own errors no code, only these words. */
const awayWords = [
  'Connection terminated',
  'Client has encountered a connection error',
  'Client was closed and is not queryable',
  'Query read timeout',
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Cannot use a pool after calling end',
  'The server does not support SSL connections',
]

/**
 * Whether the database could not be reached, or not in time, so that the same request may succeed later: doors answer 503.
 * False for a fault of the statement itself, a statement that took too long included.
 */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const ofSocket = 'syscall' in error && isSocketCall(error.syscall, code)
  if (awayState.test(code) || ofSocket) return true
  if (code === '' && awayWords.some(words => error.message.startsWith(words))) return true
  if (error instanceof AggregateError) return error.errors.some(isAway)
  return isAway(error.cause)
}

/**
 * Only errors of system calls carry a syscall. Whatever keeps us from connecting is the way there, EAGAIN too: the queue of a socket
 * nobody accepts from is full. Reading and writing are done to files as well: a missing file of ours is no missing database.
 */
function isSocketCall(syscall: unknown, code: string): boolean {
  if (syscall === 'connect' || syscall === 'socket' || syscall === 'getaddrinfo') return true
  return (syscall === 'read' || syscall === 'write') && awaySocket.has(code)
}
