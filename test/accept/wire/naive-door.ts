import { createServer } from 'node:http'
import type { DatabaseAddress } from '../../../src/records/address.ts'
import { type NaiveStore, openNaiveStore } from './naive-store.ts'

/** The wrong design: a door that says "received" and stores afterwards. */
export type NaiveDoor = {
  post(client: number, id: string, signal: AbortSignal): Promise<Response>
  stored: NaiveStore['stored']
  close(): Promise<void>
}

export async function openNaiveDoor(address: DatabaseAddress): Promise<NaiveDoor> {
  const store = await openNaiveStore(address)
  const server = createServer((request, response) => {
    const id = (request.url ?? '').slice(1)
    response.end('{"received":true}')
    // Whoever was told "received" will not send it again.
    store.keep(id)
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const at = server.address()
  const url = `http://127.0.0.1:${typeof at === 'object' && at !== null ? at.port : 0}`
  return {
    post: (_client, id, signal) => fetch(`${url}/${id}`, { method: 'POST', signal }),
    stored: store.stored,
    async close() {
      await store.close()
      server.closeAllConnections()
      await new Promise(done => server.close(done))
    },
  }
}
