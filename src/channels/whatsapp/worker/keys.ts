import type { SignalDataSet, SignalDataTypeMap, SignalKeyStore } from '@whiskeysockets/baileys'
import type { Ask } from '../calls.ts'
import type { KeyRow, Stanza, WorkerAsks } from '../wire.ts'
import type { Library } from './library.ts'

/** What was decrypted travels among the keys that decrypted it, so that both are written in one transaction or neither. */
const HEARD = 'heard'
export type WithHeard = SignalDataSet & { [HEARD]?: Record<string, Stanza> }

/**
 * The keys of the account, kept by the server. A set that fails ends this process: what the library believes to have would no
 * longer be what is written, and WhatsApp must not hear that we have a message that is not.
 */
export function keyStore(library: Library, ask: Ask<WorkerAsks>, lost: () => never): SignalKeyStore {
  const { BufferJSON, proto } = library

  function read<T extends keyof SignalDataTypeMap>(type: T, text: string): SignalDataTypeMap[T] {
    const value = JSON.parse(text, BufferJSON.reviver)
    const isSyncKey = type === 'app-state-sync-key'
    return (isSyncKey ? proto.Message.AppStateSyncKeyData.fromObject(value) : value) as SignalDataTypeMap[T]
  }

  return {
    async get(type, ids) {
      const found = ids.length === 0 ? [] : await ask('load', { type, ids }).catch(lost)
      return Object.fromEntries(
        ids.flatMap((id, i) => {
          const text = found[i]
          return text === null || text === undefined ? [] : [[id, read(type, text)]]
        }),
      )
    },
    async set(data) {
      const { [HEARD]: heard = {}, ...keys }: WithHeard = data
      const rows = Object.entries(keys).flatMap(([type, byId]) =>
        Object.entries(byId ?? {}).map(([id, value]): KeyRow => {
          const isGone = value === null || value === undefined
          return { type, id, value: isGone ? null : JSON.stringify(value, BufferJSON.replacer) }
        }),
      )
      await ask('save', { rows, heard: Object.values(heard) }).catch(lost)
    },
  }
}
