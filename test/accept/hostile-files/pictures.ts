import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

export const plain = () =>
  sharp({
    create: {
      width: 320,
      height: 240,
      channels: 3,
      background: 'grey',
      noise: { type: 'gaussian', mean: 120, sigma: 30 },
    },
  })

/** XMP, IPTC and EXIF as a phone and an editor leave them, each with the secret in it; `orientation` 1 to 8. */
export async function withMetadata(
  format: 'jpeg' | 'png' | 'webp',
  secret: string,
  orientation = 1,
): Promise<Buffer> {
  const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>${secret}</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>`
  const bytes = await plain()
    .toFormat(format)
    .withMetadata({ orientation })
    .withExifMerge({
      IFD0: { Make: secret, Artist: secret, ImageDescription: secret, Copyright: secret },
      IFD2: { UserComment: secret, BodySerialNumber: secret },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '3/1 35/1 0/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '98/1 40/1 0/1',
      },
    })
    .withXmp(xmp)
    .toBuffer()
  if (!bytes.includes(secret)) throw new Error('The picture does not hold what it should.')
  return format === 'jpeg' ? withSegments(bytes, secret) : bytes
}

/** A JPEG with what else may stand before its pixels: IPTC in Photoshop's block, a comment, a maker's own segment. */
function withSegments(jpeg: Buffer, secret: string): Buffer {
  const caption = Buffer.concat([Buffer.from([0x1c, 2, 120, 0, secret.length]), Buffer.from(secret)])
  const iptc = Buffer.concat([
    Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0\0\0', 'latin1'),
    Buffer.from([0, caption.length]),
    caption,
    Buffer.alloc(caption.length % 2),
  ])
  const segments = [
    segment(0xed, iptc),
    segment(0xfe, Buffer.from(secret)),
    segment(0xe9, Buffer.from(secret)),
  ]
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)])
}

export function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

export function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body])
  const out = Buffer.alloc(8 + named.length)
  out.writeUInt32BE(body.length, 0)
  named.copy(out, 4)
  out.writeUInt32BE(crc32(named), 4 + named.length)
  return out
}

/** A PNG whole and valid, of black pixels, one bit each: 400 million of them are 50 kB. */
export function blackPng(width: number, height: number, before: Buffer[] = []): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 1
  const rows = deflateSync(Buffer.alloc((1 + Math.ceil(width / 8)) * height))
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    ...before,
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A small PNG with text chunks, plain and compressed, and one that unpacks to 64 MB. */
export function textPng(secret: string, kind: 'tEXt' | 'zTXt' | 'iTXt' | 'eXIf' | 'iCCP'): Buffer {
  const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024))
  const bodies: Record<typeof kind, Buffer> = {
    tEXt: Buffer.from(`Author\0${secret}`),
    zTXt: Buffer.concat([Buffer.from('Comment\0\0', 'latin1'), bomb]),
    iTXt: Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${secret}`),
    eXIf: Buffer.from(`II*\0\x08\0\0\0\0\0\0\0${secret}`, 'latin1'),
    iCCP: Buffer.concat([Buffer.from('ICC\0\0', 'latin1'), bomb]),
  }
  return blackPng(64, 64, [chunk(kind, bodies[kind])])
}
