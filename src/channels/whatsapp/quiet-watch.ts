/**
 * Looks after sockets that are open and yet bring nothing: such sessions are known to happen, and end only with the process. A
 * quiet number is asked a question first; without an answer, or when it stays quiet, its worker is started anew. At night that
 * costs some seconds, in which WhatsApp keeps what comes.
 */
export function createQuietWatch(quietLimit: number) {
  let askedAt: number | undefined
  return {
    /** What to do about a number that has been quiet for so long. */
    look(quietMs: number): 'nothing' | 'ask' | 'restart' {
      if (quietMs < quietLimit) {
        askedAt = undefined
        return 'nothing'
      }
      if (quietMs >= 2 * quietLimit) return 'restart'
      if (askedAt !== undefined) return 'nothing'
      askedAt = quietMs
      return 'ask'
    },
  }
}
