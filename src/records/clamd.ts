import { connect, isIP } from 'node:net'

/** Where clamd listens: a socket of this machine, or a host and a port. */
export type ClamdAddress = { path: string } | { host: string; port: number }

/** Milliseconds until it must be connected, and for everything, the last byte of the answer included. */
export type ClamdTimes = { connect: number; whole: number }
export const CLAMD_TIMES: ClamdTimes = { connect: 2_000, whole: 15_000 }

/** The longest answer that is read: a name of what was found has some fifty letters. */
const ANSWER = 1_024
/** A file goes in pieces of this size; clamd takes any that fits its limit for the whole. */
const PIECE = 64 * 1024

/** There was no answer to go by. `code`: Node's own for what broke, or ours, such as TIMEOUT. */
export class NoAnswer extends Error {
  override name = 'NoAnswer' as const
  readonly code: string
  constructor(code: string) {
    super(`The virus scanner gave no answer: ${code}.`)
    this.code = code
  }
}

/** An address as it is written in the environment; undefined when it is none. */
export function clamdAddress(text: string): ClamdAddress | undefined {
  if (/^\/[^\0]{1,100}$/.test(text)) return { path: text }
  const [, v6, name, digits] = /^(?:\[([\da-f:.]{2,45})\]|([\w.-]{1,253})):(\d{1,5})$/i.exec(text) ?? []
  const [host, port] = [v6 ?? name, Number(digits)]
  if (host === undefined || !(port >= 1 && port <= 65_535)) return undefined
  return v6 === undefined || isIP(v6) === 6 ? { host, port } : undefined
}

/**
 * Asks clamd one thing, on a connection of its own, and gives what it said until it closed that: an answer that is cut shows by its
 * missing end. Rejects with NoAnswer for everything else.
 */
export function askClamd(
  address: ClamdAddress,
  command: 'PING' | 'VERSION' | { INSTREAM: Uint8Array },
  times: ClamdTimes = CLAMD_TIMES,
): Promise<string> {
  return new Promise((done, fail) => {
    const socket = connect(address)
    let answer = ''
    let isSent = false
    const end = (settle: () => void) => {
      clearTimeout(connecting)
      clearTimeout(whole)
      socket.destroy()
      settle()
    }
    const failed = (code: string) => end(() => fail(new NoAnswer(code)))
    const connecting = setTimeout(failed, times.connect, 'TIMEOUT')
    const whole = setTimeout(failed, times.whole, 'TIMEOUT')
    socket.once('connect', () => {
      clearTimeout(connecting)
      socket.cork()
      for (const piece of asked(command)) socket.write(piece)
      // Never ended by us: clamd takes a closed half for somebody who has gone.
      socket.write('', () => {
        isSent = true
      })
      socket.uncork()
    })
    socket.on('data', (heard: Buffer) => {
      answer += heard.toString('latin1')
      if (answer.length > ANSWER) failed('TOO_LONG')
    })
    socket.once('end', () => (isSent ? end(() => done(answer)) : failed('EARLY')))
    socket.once('error', (error: NodeJS.ErrnoException) => failed(error.code ?? 'ERROR'))
    socket.once('close', () => failed('CLOSED'))
  })
}

/** What is written: the command with its end, and of a stream each piece behind its length, the last of none. */
function* asked(command: Parameters<typeof askClamd>[1]): Generator<Uint8Array> {
  if (typeof command === 'string') return yield Buffer.from(`z${command}\0`)
  const { INSTREAM: bytes } = command
  yield Buffer.from('zINSTREAM\0')
  for (let at = 0; at < bytes.length; at += PIECE) {
    const piece = bytes.subarray(at, at + PIECE)
    yield lengthOf(piece.length)
    yield piece
  }
  yield lengthOf(0)
}

function lengthOf(bytes: number): Buffer {
  const four = Buffer.alloc(4)
  four.writeUInt32BE(bytes)
  return four
}
