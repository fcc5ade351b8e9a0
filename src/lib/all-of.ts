/** Resolves when all have resolved. When one rejects, so does this, but not before the others have ended too: nothing goes on behind. */
export async function allOf(work: Promise<unknown>[]): Promise<void> {
  for (const ended of await Promise.allSettled(work)) {
    if (ended.status === 'rejected') throw ended.reason
  }
}
