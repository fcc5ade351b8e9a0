import sharp from 'sharp'

/** A photo as a phone makes it: with a place, a device and an owner in its metadata, and words after its end. */
export async function phonePhoto(secret: string): Promise<Blob> {
  const noise = await sharp({
    create: {
      width: 640,
      height: 480,
      channels: 3,
      background: 'grey',
      noise: { type: 'gaussian', mean: 120, sigma: 30 },
    },
  })
    .jpeg()
    .withExif({
      IFD0: { Make: secret, Artist: secret, ImageDescription: secret },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '3/1 35/1 0/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '98/1 40/1 0/1',
      },
    })
    .toBuffer()
  if (!noise.includes(secret)) throw new Error('The photo does not hold what it should.')
  return new Blob([new Uint8Array(noise), secret], { type: 'image/jpeg' })
}

/** A PDF whose author is named in it. */
export function signedPdf(secret: string): Blob {
  return new Blob([
    `%PDF-1.7\n1 0 obj\n<< /Author (${secret}) >>\nendobj\ntrailer\n<< /Info 1 0 R >>\n%%EOF\n`,
  ])
}
