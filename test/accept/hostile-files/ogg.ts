/** An Ogg page as a recorder writes it; its sum is left out, players and sniffers look at the head. */
function page(kind: number, sequence: number, body: Buffer): Buffer {
  const head = Buffer.alloc(27)
  head.write('OggS', 0, 'latin1')
  head[5] = kind
  head.writeUInt32LE(sequence, 18)
  const lacing = [...Array<number>(Math.floor(body.length / 255)).fill(255), body.length % 255]
  head[26] = lacing.length
  return Buffer.concat([head, Buffer.from(lacing), body])
}

const OPUS = Buffer.from('OpusHead\x01\x01\0\0\x80\xbb\0\0\0\0\0', 'latin1')

/** A voice message, its comments with the secret in them, then whatever is given instead of sound. */
export function voice(secret: string, sound: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(secret.length)
  const none = Buffer.alloc(4)
  const tags = Buffer.concat([Buffer.from('OpusTags'), length, Buffer.from(secret), none])
  return Buffer.concat([page(2, 0, OPUS), page(0, 1, tags), sound])
}

/** Ogg, but not a voice: another codec in its first page. */
export function otherOgg(head: string): Buffer {
  return Buffer.concat([page(2, 0, Buffer.from(head.padEnd(64, '\0'), 'latin1'))])
}
