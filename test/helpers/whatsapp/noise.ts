import {
  aesDecryptGCM,
  aesEncryptGCM,
  Curve,
  hkdf,
  type KeyPair,
  NOISE_MODE,
  NOISE_WA_HEADER,
  proto,
  sha256,
} from '@whiskeysockets/baileys'

const NOTHING = Buffer.alloc(0)

/** The counter a cipher starts each message with: twelve bytes, the number in the last four. */
function nonce(counter: number): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUInt32BE(counter, 8)
  return bytes
}

/** The chain of certificates a client checks: the root signs an intermediate, the intermediate the server's own key. */
function certificates(root: KeyPair, server: KeyPair): Uint8Array {
  const { Details } = proto.CertChain.NoiseCertificate
  const middle = Curve.generateKeyPair()
  const middleDetails = Details.encode({ serial: 1, issuerSerial: 0, key: middle.public }).finish()
  const leafDetails = Details.encode({ serial: 2, issuerSerial: 1, key: server.public }).finish()
  return proto.CertChain.encode({
    intermediate: { details: middleDetails, signature: Curve.sign(root.private, middleDetails) },
    leaf: { details: leafDetails, signature: Curve.sign(middle.private, leafDetails) },
  }).finish()
}

/** What a server needs to be believed: its own key and the certificates for it. */
export type Passport = { key: KeyPair; chain: Uint8Array }

/** Issues a passport under this root. Three signatures in plain JavaScript, some 20 ms: once for a server. */
export function issuePassport(root: KeyPair): Passport {
  const key = Curve.generateKeyPair()
  return { key, chain: certificates(root, key) }
}

export type Transport = { seal(bytes: Uint8Array): Buffer; open(bytes: Uint8Array): Buffer }

/** Who knocked: the key the client proved to own, and what it says about itself. */
export type Caller = { key: Buffer; payload: proto.ClientPayload; transport: Transport }

/**
 * The server's half of Noise XX (25519, AES-GCM, SHA-256) as WhatsApp clients speak it: `hello` answers the first message,
 * `finish` reads the second. Source: Baileys' lib/Utils/noise-handler.js, which is the other half.
 */
export function respond({ key, chain }: Passport) {
  let hash: Buffer = Buffer.from(NOISE_MODE)
  let salt: Uint8Array = hash
  let secret: Uint8Array = hash
  let counter = 0
  const ephemeral = Curve.generateKeyPair()

  const note = (bytes: Uint8Array) => {
    hash = sha256(Buffer.concat([hash, bytes])) as Buffer
  }
  const split = (bytes: Uint8Array) => {
    const both = hkdf(bytes, 64, { salt, info: '' })
    return [both.subarray(0, 32), both.subarray(32)] as const
  }
  const mix = (bytes: Uint8Array) => {
    ;[salt, secret] = split(bytes)
    counter = 0
  }
  const seal = (bytes: Uint8Array) => {
    const sealed = aesEncryptGCM(bytes, secret, nonce(counter), hash)
    counter += 1
    note(sealed)
    return sealed
  }
  const open = (sealed: Uint8Array) => {
    const bytes = aesDecryptGCM(sealed, secret, nonce(counter), hash)
    counter += 1
    note(sealed)
    return bytes
  }

  const transport = (): Transport => {
    const [theirs, ours] = split(NOTHING)
    let read = 0
    let written = 0
    return {
      seal: bytes => {
        written += 1
        return aesEncryptGCM(bytes, ours, nonce(written - 1), NOTHING)
      },
      open: bytes => {
        read += 1
        return aesDecryptGCM(bytes, theirs, nonce(read - 1), NOTHING)
      },
    }
  }

  note(NOISE_WA_HEADER)
  return {
    hello: (bytes: Uint8Array): Uint8Array => {
      const theirs = proto.HandshakeMessage.decode(bytes).clientHello?.ephemeral ?? NOTHING
      note(theirs)
      note(ephemeral.public)
      mix(Curve.sharedKey(ephemeral.private, theirs))
      const shown = seal(key.public)
      mix(Curve.sharedKey(key.private, theirs))
      const serverHello = { ephemeral: ephemeral.public, static: shown, payload: seal(chain) }
      return proto.HandshakeMessage.encode({ serverHello }).finish()
    },
    finish: (bytes: Uint8Array): Caller => {
      const finish = proto.HandshakeMessage.decode(bytes).clientFinish
      const client = open(finish?.static ?? NOTHING)
      mix(Curve.sharedKey(ephemeral.private, client))
      const payload = proto.ClientPayload.decode(open(finish?.payload ?? NOTHING))
      return { key: client, payload, transport: transport() }
    },
  }
}
