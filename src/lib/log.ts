import { pino } from 'pino'

/** The only things a log line may carry besides its fixed sentence: ids, names of ours, counts and times. */
export const loggable = [
  'action',
  'at',
  'attempts',
  'batch',
  'channel',
  'code',
  'conversationId',
  'count',
  'desk',
  'effects',
  'failure',
  'fault',
  'flow',
  'host',
  'inboxId',
  'job',
  'key',
  'kind',
  'load',
  'mode',
  'ms',
  'office',
  'outboxId',
  'pid',
  'port',
  'seq',
  'signal',
  'status',
  'step',
  'ticketId',
  'turn',
  'version',
] as const

export type Fields = Partial<Record<(typeof loggable)[number], string | number | boolean | null>>
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** `event` is a fixed sentence of ours, never built from what somebody wrote. */
export type Log = Record<Exclude<LogLevel, 'silent'>, (event: string, fields?: Fields) => void>

const allowed: ReadonlySet<string> = new Set(loggable)
// An id has no spaces and is short. Words slip in through a field sooner or later; they end here.
const idLike = /^[\w.:/@+-]{0,120}$/

/** Only what is on the list, and of that only what looks like an id or a number. */
export function permitted(fields: Fields): Fields {
  const kept = Object.entries(fields).filter(([name]) => allowed.has(name))
  return Object.fromEntries(
    kept.map(([name, value]) => [
      name,
      typeof value === 'string' && !idLike.test(value) ? 'withheld' : value,
    ]),
  )
}

/** What a log line may say of an error: its kind, its code, where it was thrown. Never its message, which quotes. */
export function faultOf(error: unknown): Fields {
  if (!isLikeError(error)) return { fault: typeof error }
  const code = error.code === undefined ? undefined : String(error.code)
  const place = error.stack.match(/(?:src|test|bench)\/[\w./-]{1,120}\.ts:\d+/)?.[0]
  const cause = code === undefined && error.cause instanceof Error ? faultOf(error.cause) : {}
  return { ...cause, fault: error.name ?? 'Error', ...(code && { code }), ...(place && { at: place }) }
}

/** Libraries copy an error into an object to write something beside it. */
function isLikeError(
  error: unknown,
): error is { stack: string; name?: string; code?: unknown; cause?: unknown } {
  return typeof error === 'object' && error !== null && 'stack' in error && typeof error.stack === 'string'
}

/** One JSON object a line, on stderr: stdout is for data that other programs read. */
export function openLog(
  level: LogLevel,
  to: { write(line: string): void } = pino.destination({ dest: 2, sync: true }),
): Log {
  const lines = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, to)
  return {
    debug: (event, fields = {}) => lines.debug(permitted(fields), event),
    info: (event, fields = {}) => lines.info(permitted(fields), event),
    warn: (event, fields = {}) => lines.warn(permitted(fields), event),
    error: (event, fields = {}) => lines.error(permitted(fields), event),
  }
}
