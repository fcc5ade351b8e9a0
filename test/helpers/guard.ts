import { Socket } from 'node:net'
import { afterAll, afterEach, inject } from 'vitest'

// No test leaves the machine: a request to anywhere but loopback is not sent, and fails the test that made it.
const loopback = /^(localhost|127(\.\d+){3}|\[?::1\]?|.*\.localhost)$/
const strays: string[] = []

/** Where this test tried to go; empties the list. */
export function takeStrays(): string[] {
  return strays.splice(0)
}

const server = inject('server')
const databaseHost = typeof server === 'string' ? new URL(server).hostname : server.host

/** Whatever opens a connection. Names are caught before they are asked for. */
const connect = Socket.prototype.connect
Socket.prototype.connect = function guarded(this: Socket, ...args: unknown[]) {
  const options = [args[0]].flat()[0]
  const named =
    typeof options === 'object' && options !== null && 'host' in options ? options.host : undefined
  const host = String(named ?? (typeof args[1] === 'string' ? args[1] : 'localhost'))
  if (loopback.test(host) || host === databaseHost) return Reflect.apply(connect, this, args)
  strays.push(host)
  const error = new Error(`A test called ${host}. Tests stay on this machine: give it a fake on 127.0.0.1.`)
  // Once whoever called has had time to listen; if nobody does, `strays` still fails the test.
  setImmediate(() => this.destroy(this.listenerCount('error') > 0 ? error : undefined))
  return this
}

// The next file of this worker has a guard of its own.
afterAll(() => {
  Socket.prototype.connect = connect
})

afterEach(() => {
  const caught = takeStrays()
  if (caught.length > 0) throw new Error(`This test called ${caught.join(', ')}; tests stay on this machine.`)
})
