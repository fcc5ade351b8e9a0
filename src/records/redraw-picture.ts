import sharp from 'sharp'

/** A phone's best camera makes 200 megapixels of a page of text; 40 are more than any evidence needs. */
const PIXELS = 40_000_000
const SECONDS = 5
/** Pixels of the longer side: enough to read a letter photographed whole. */
const SIDE = 2560

// Nothing but the three decoders we ask for: libvips knows dozens, and each is a door.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp'] })
// One picture must not take all cores, and citizens never send the same one twice.
sharp.concurrency(1)
sharp.cache(false)

let last: Promise<unknown> = Promise.resolve()

/**
 * The picture decoded and drawn anew, upright, at most 2560 pixels long, without any metadata: position, device, times and
 * whatever hid behind the pixels are gone. PNG stays PNG, the others become JPEG. Undefined when it cannot be decoded whole.
 */
export function redrawPicture(
  bytes: Uint8Array,
): Promise<{ mime: 'image/jpeg' | 'image/png'; bytes: Buffer } | undefined> {
  // One at a time: a decoded picture takes up to 160 MB, and eight may be uploaded at once.
  const drawn = last.then(() => redraw(bytes))
  last = drawn.catch(() => undefined)
  return drawn
}

async function redraw(bytes: Uint8Array) {
  try {
    const picture = sharp(bytes, { limitInputPixels: PIXELS, failOn: 'error', sequentialRead: true })
    const { format } = await picture.metadata()
    picture
      .timeout({ seconds: SECONDS })
      .autoOrient()
      .resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
    if (format === 'png') return { mime: 'image/png' as const, bytes: await picture.png().toBuffer() }
    const jpeg = picture.flatten({ background: 'white' }).jpeg({ quality: 85 })
    return { mime: 'image/jpeg' as const, bytes: await jpeg.toBuffer() }
  } catch {
    // sharp says in words alone what was wrong with the picture; for us all of it means the same.
    return undefined
  }
}
