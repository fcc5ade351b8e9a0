import type { Met } from './persistent-clients.ts'

/** Answers while the server is gone (F6), and while it is there and silent (F9). */
const LIMIT_MS = { stopped: 3_000, frozen: 10_000 }

/** Up before, frozen (there, but silent), up, stopped, up again: what clients met is told by these names. */
export type Phase = 'up' | 'frozen' | 'stopped' | 'changing'

/** What was wrong with the answers given while the database was away. */
export function judge(met: Met[]) {
  const during = met.filter(
    ({ began, ended }) => began === ended && (began === 'frozen' || began === 'stopped'),
  )
  const refused = during.filter(({ status }) => status === 503)
  return {
    refused: refused.length,
    falseAcks: during.filter(({ status }) => typeof status === 'number' && status < 300).length,
    slow: met.filter(one => one.began === 'stopped' && one.ms > LIMIT_MS.stopped).length,
    stuck: met.filter(({ ms, status }) => ms > LIMIT_MS.frozen || status === 'none').length,
    withoutRetryAfter: refused.filter(({ retryAfter }) => !retryAfter).length,
    otherAnswers: during.filter(({ status }) => status !== 503).length,
    slowestStoppedMs: Math.max(0, ...met.filter(({ began }) => began === 'stopped').map(({ ms }) => ms)),
    slowestFrozenMs: Math.max(0, ...met.filter(({ began }) => began === 'frozen').map(({ ms }) => ms)),
  }
}
