import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** One value of DER: its tag, its length, its bytes. */
function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  const { length } = body
  const head =
    length < 128
      ? [tag, length]
      : length < 256
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from(head), body])
}

const SEQUENCE = 0x30
const SET = 0x31
const INTEGER = 0x02
const BIT_STRING = 0x03
const OCTET_STRING = 0x04
const OBJECT = 0x06
const TEXT = 0x0c
const TIME = 0x17
const TRUE = Buffer.from([0x01, 0x01, 0xff])

/** Object identifiers, already encoded: ecdsa-with-SHA256, commonName, subjectAltName, basicConstraints. */
const ECDSA_SHA256 = der(SEQUENCE, der(OBJECT, Buffer.from('2a8648ce3d040302', 'hex')))
const COMMON_NAME = der(OBJECT, Buffer.from('550403', 'hex'))
const ALT_NAME = der(OBJECT, Buffer.from('551d11', 'hex'))
const CONSTRAINTS = der(OBJECT, Buffer.from('551d13', 'hex'))

const name = (words: string) =>
  der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(TEXT, Buffer.from(words)))))
const time = (at: Date) => der(TIME, Buffer.from(at.toISOString().replace(/^..|[-:T]|\.\d+/g, '')))

/**
 * A certificate for 127.0.0.1 that vouches for itself, valid for a day around now, with its key: both PEM. So that no key
 * has to lie in the repository, and no tool on the machine.
 */
export function makeCertificate(now = new Date()): { key: string; certificate: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const day = 86_400_000
  const altNames = der(SEQUENCE, der(0x87, Buffer.from([127, 0, 0, 1])), der(0x82, Buffer.from('localhost')))
  const extensions = der(
    SEQUENCE,
    der(SEQUENCE, ALT_NAME, der(OCTET_STRING, altNames)),
    der(SEQUENCE, CONSTRAINTS, TRUE, der(OCTET_STRING, der(SEQUENCE, TRUE))),
  )
  const serial = randomBytes(8)
  serial[0] = 0x01
  // Of four with one name in a process, the last was not believed.
  const who = name(`A WhatsApp of our own, ${serial.toString('hex')}`)
  const facts = der(
    SEQUENCE,
    der(0xa0, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, serial),
    ECDSA_SHA256,
    who,
    der(SEQUENCE, time(new Date(now.getTime() - day)), time(new Date(now.getTime() + day))),
    who,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  )
  const signature = der(BIT_STRING, Buffer.from([0]), sign('sha256', facts, privateKey))
  const whole = der(SEQUENCE, facts, ECDSA_SHA256, signature).toString('base64')
  const lines = whole.match(/.{1,64}/g)?.join('\n') ?? ''
  return {
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    certificate: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  }
}
