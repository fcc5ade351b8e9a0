import { startWorker } from '../../../src/channels/whatsapp/start-worker.ts'
import { TIMES } from '../../../src/channels/whatsapp/whatsapp-channel.ts'

// A server process that starts a worker and says its pid as soon as that one lives. Without a socket: nobody is asked for anything.
let isTold = false
const never = () => Promise.reject(new Error('Nothing is kept here.'))
const worker = startWorker({
  times: TIMES,
  place: {},
  answers: { load: never, save: never, knows: never, sent: never, keep: never },
  onNote: () => undefined,
  mayAct() {
    if (!isTold) process.stdout.write(`${worker.pid}\n`)
    isTold = true
    return true
  },
})
