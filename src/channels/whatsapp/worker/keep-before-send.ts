import { AsyncLocalStorage } from 'node:async_hooks'
import type { SignalKeyStoreWithTransaction } from '@whiskeysockets/baileys'
import type { Library } from './library.ts'

type Repository = ReturnType<Library['DEFAULT_CONNECTION_CONFIG']['makeSignalRepository']>

/** Sessions change one at a time: a number says a few messages a second. */
export const LANE = 'sessions'

/**
 * The library writes down what became of its keys only once a message has been sent. Who died between the two would seal the next
 * one with the same key, which no phone can open; and what was heard meanwhile would be overwritten by what was remembered before.
 * So whatever changes a key does that in a transaction of its own, written before it is used, one after another with all others.
 */
export function keepBeforeSend(repository: Repository, keys: SignalKeyStoreWithTransaction): Repository {
  // Out here nobody's transaction is open: the library's own would take ours for a part of it.
  const outside = AsyncLocalStorage.snapshot()
  const apart = <T>(work: () => Promise<T>): Promise<T> => outside(() => keys.transaction(work, LANE))
  return {
    ...repository,
    encryptMessage: given => apart(() => repository.encryptMessage(given)),
    encryptGroupMessage: given => apart(() => repository.encryptGroupMessage(given)),
    injectE2ESession: given => apart(() => repository.injectE2ESession(given)),
    migrateSession: (from, to) => apart(() => repository.migrateSession(from, to)),
    deleteSession: names => apart(() => repository.deleteSession(names)),
    processSenderKeyDistributionMessage: given =>
      apart(() => repository.processSenderKeyDistributionMessage(given)),
    getSenderKeyDistributionMessage: given => apart(() => repository.getSenderKeyDistributionMessage(given)),
  }
}
